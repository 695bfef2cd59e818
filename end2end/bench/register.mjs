// A package of made-up employers, as many as a county has.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const TRADES = (
  'Kahvila Leipomo Lounasravintola Konepaja Puusepänverstas Rakennus Maalaamo Sähköasennus Putkityö Autokorjaamo ' +
  'Rengasliike Kuljetus Taksi Kukkakauppa Rautakauppa Ruokakauppa Kirpputori Apteekki Optikko Parturi Hoivakoti ' +
  'Päiväkoti Kotipalvelu Hammaslääkäri Eläinklinikka Siivouspalvelu Kiinteistöhuolto Pesula Jätehuolto Puutarha ' +
  'Maatila Metsäpalvelu Saha Kalanjalostus Meijeri Kirjapaino Tilitoimisto Mainostoimisto Ohjelmistotalo Matkailu ' +
  'Hotelli Leirintäalue Kuntosali Uimahalli Kesäteatteri Musiikkiopisto Autokoulu Vartiointi Varasto Postipalvelu'
).split(' ');
const FIRST = (
  'Ala Haapa Halla Hiekka Honka Huhka Kaisla Kallio Karhu Kettu Kivi Koivu Korpi Kuikka Kulta Lehto Leppä Lumi ' +
  'Mänty Niemi Pelto Pihlaja Raja Ranta Saari Sorsa Suo Särki Tammi Terva Tuuli Vesi Vuori Yli Åker Öster'
).split(' ');
const SECOND = 'aho harju joki järvi kangas korpi koski lahti lampi lehto maa mäki niitty ranta salo selkä suo vaara virta'.split(' ');
const FORMS = ['Oy', 'Ky', 'Tmi', 'Oy Ab', 'Osk'];
const TOWNS = (
  'Kuopio Siilinjärvi Iisalmi Lapinlahti Kiuruvesi Sonkajärvi Vieremä Keitele Pielavesi Tervo Vesanto Rautalampi ' +
  'Suonenjoki Leppävirta Varkaus Joroinen Tuusniemi Kaavi Rautavaara'
).split(' ');

/** The files of a package that need to be there, and the first line of each. */
const FILES = {
  units: 'unit,name,service,municipality',
  teams: 'team,name,level,unit',
  staff: 'staff,name,role,unit_or_team,fte,from,to',
  employers: 'employer,name,business_id,section_tol2008,class_tol2008,municipality,contact_person,contact_title',
  clients: 'client,name,birth_year,gender,municipality,unit,team,coach,referred_on,first_meeting_on,agreement_on,closed_on,closing_reason',
  contacts: 'contact,date,time,coach,employer,mode,purpose,client,decision_maker,minutes,summary,next_step,next_step_on',
  jobs: 'job,client,employer,title,isco08,started_on,ended_on,hours_per_week,permanent,pay_subsidy,competitive,disclosed,end_reason',
  transitions: 'transition,client,kind,started_on,ended_on,provider',
  qualifications: 'client,kind,completed_on',
  supports: 'support,date,coach,client,job,mode,place,recipient,kind,minutes',
  time_use: 'week_of,coach,category,place,minutes',
  meetings: 'date,kind,team,present',
  proms: 'client,instrument,point,date,item,value',
  feedback: 'respondent,date,question,value',
  fidelity: 'unit,date,kind,item,score',
};

/** The employer at a place of the register: no two have the same name. */
function employer(at) {
  const name = Math.floor(at / TRADES.length);
  const surname = FIRST[name % FIRST.length] + SECOND[(name + Math.floor(name / FIRST.length)) % SECOND.length];
  const trade = TRADES[at % TRADES.length];
  return [`M${at}`, `${trade} ${surname} ${FORMS[at % FORMS.length]}`, '', '', '', TOWNS[(at * 7) % TOWNS.length], '', ''];
}

/** Writes a package of so many employers into a folder. */
export async function writePackage(folder, employers) {
  const rows = { units: [['M', 'Mittaus', 'ips', 'Kuopio']], employers: Array.from({ length: employers }, (_, at) => employer(at)) };
  await mkdir(folder, { recursive: true });
  await Promise.all(
    Object.entries(FILES).map(([file, head]) => {
      const lines = [head, ...(rows[file] ?? []).map((row) => row.join(','))];
      return writeFile(path.join(folder, `${file}.csv`), `${lines.join('\n')}\n`);
    }),
  );
}
