//! Names and texts of the demo package. Nobody in it exists; the texts are a coach's plain Finnish
//! and name no client.

use crate::codes::{Mode, Purpose};

/// A trade: what its companies are called, its industry (TOL 2008), and who works there.
pub(super) struct Trade {
    pub(super) name: &'static str,
    pub(super) swedish: Option<&'static str>,
    pub(super) section: &'static str,
    pub(super) class: &'static str,
    /// A job title with its ISCO-08.
    pub(super) job: (&'static str, &'static str),
}

const fn trade(
    name: &'static str,
    section: &'static str,
    class: &'static str,
    job: (&'static str, &'static str),
) -> Trade {
    Trade { name, swedish: None, section, class, job }
}

const fn also(trade: Trade, swedish: &'static str) -> Trade {
    Trade { swedish: Some(swedish), ..trade }
}

/// The bakery, whose Swedish sister is the one Åkerlund.
pub(super) const BAKERY: usize = 0;

pub(super) const TRADES: &[Trade] = &[
    also(trade("Leipomo", "C", "10710", ("leipuri", "7512")), "Konditori"),
    trade("Kauppa", "G", "47111", ("myyjä", "5223")),
    trade("Kiinteistöhuolto", "N", "81100", ("kiinteistönhoitaja", "5153")),
    trade("Lounasravintola", "I", "56101", ("keittiöapulainen", "9412")),
    also(trade("Kuljetus", "H", "49410", ("jakelukuljettaja", "8322")), "Åkeri"),
    trade("Hoivakoti", "Q", "87301", ("hoiva-avustaja", "5321")),
    also(trade("Pesula", "S", "96010", ("pesulatyöntekijä", "8157")), "Tvätteri"),
    trade("Konehuolto", "C", "33120", ("kunnossapitoasentaja", "7233")),
    trade("Kirpputori", "G", "47791", ("myyjä", "5223")),
    trade("Siivouspalvelu", "N", "81210", ("siivooja", "9112")),
    trade("Jätehuolto", "E", "38110", ("lajittelija", "9612")),
    trade("Avustajapalvelu", "Q", "88101", ("henkilökohtainen avustaja", "5322")),
    also(trade("Puutarha", "A", "01300", ("puutarhatyöntekijä", "6113")), "Trädgård"),
    trade("Rautakauppa", "G", "47521", ("varastotyöntekijä", "4321")),
    trade("Jakelu", "H", "53200", ("lajittelija", "4412")),
    trade("Konepaja", "C", "25620", ("koneistaja", "7223")),
    trade("Ruokapalvelu", "I", "56290", ("ruokapalvelutyöntekijä", "9412")),
    trade("Kesäteatteri", "R", "90010", ("lipunmyyjä", "4211")),
    trade("Päiväkoti", "Q", "88910", ("avustaja", "5312")),
    also(trade("Kahvila", "I", "5630", ("kahvilatyöntekijä", "5246")), "Café"),
    trade("Rakennus", "F", "41200", ("rakennusapulainen", "9313")),
    trade("Autokorjaamo", "G", "45201", ("autonasentaja", "7231")),
    trade("Liikuntakeskus", "R", "93130", ("asiakaspalvelija", "4229")),
    trade("Kirjanpito", "M", "69201", ("toimistotyöntekijä", "4311")),
    trade("Yhdistys", "S", "94999", ("toimistoapulainen", "4110")),
];

/// Municipalities, and the form that a company's name begins with.
pub(super) const TOWNS: &[(&str, &str)] = &[
    ("Siilinjärvi", "Siilinjärven"),
    ("Kuopio", "Kuopion"),
    ("Siilinjärvi", "Siilinjärven"),
    ("Iisalmi", "Iisalmen"),
    ("Lapinlahti", "Lapinlahden"),
    ("Maaninka", "Maaningan"),
    ("Nilsiä", "Nilsiän"),
    ("Kuopio", "Kuopion"),
    ("Tuusniemi", "Tuusniemen"),
    ("Kaavi", "Kaavin"),
];

/// Surnames in companies' names and of the people one asks for there.
pub(super) const EMPLOYER_NAMES: &[&str] = &[
    "Hallavuo",
    "Kettulehto",
    "Rajakangas",
    "Pihlajasuo",
    "Kuikkaniemi",
    "Sorsavirta",
    "Lumikoski",
    "Haukiranta",
    "Vesiaho",
    "Tervaharju",
    "Kultalampi",
    "Hiekkaselkä",
    "Kaislalahti",
    "Varpusuo",
    "Tuulenmäki",
    "Sinivaara",
    "Kanervakangas",
    "Leppäjoki",
    "Korpiluoma",
    "Saunaharju",
    "Peurasalo",
    "Naavakorpi",
    "Ruskavaara",
    "Huuhkasuo",
    "Ilveslampi",
    "Riekkoharju",
    "Taivallampi",
    "Sarkaluoto",
    "Viitaniitty",
    "Karhunoja",
    "Hirvilampi",
    "Kivikangas",
    "Pajuluoma",
    "Rantaharju",
];

pub(super) const SWEDISH_NAMES: &[&str] =
    &["Sundqvist", "Lindroos", "Backlund", "Holmström", "Nygård", "Österberg", "Hägglund", "Forsblom"];

pub(super) const COMPANY_FORMS: &[&str] = &["Oy", "Oy", "Oy", "Ky", "Tmi", "Osk"];

pub(super) const TITLES: &[&str] = &[
    "toimitusjohtaja",
    "myymäläpäällikkö",
    "henkilöstöpäällikkö",
    "palveluesihenkilö",
    "esihenkilö",
    "yrittäjä",
    "keittiöpäällikkö",
    "työnjohtaja",
];

/// First names, by turns of men and women.
pub(super) const FIRST_NAMES: &[&str] = &[
    "Aleksi", "Johanna", "Jere", "Katja", "Samuli", "Noora", "Teemu", "Henna", "Ville", "Laura", "Joonas",
    "Emmi", "Markus", "Sanna", "Robin", "Ida", "Jukka", "Mervi", "Antti", "Pauliina", "Oskar", "Linnea",
    "Tapani", "Ritva", "Elias", "Iida", "Pekka", "Marjatta", "Daniel", "Sofia",
];

/// Surnames of clients.
pub(super) const CLIENT_NAMES: &[&str] = &[
    "Koskelovaara",
    "Haapasuo",
    "Rautavirta",
    "Vilukorpi",
    "Jäkälämaa",
    "Suopursu",
    "Kelolampi",
    "Sammalkivi",
    "Kuusamalehto",
    "Tyrniranta",
    "Joutsenlahti",
    "Karpalosuo",
    "Vaahteramäki",
    "Pitkospää",
    "Hillavaara",
    "Kaarnakoski",
    "Ketolampi",
    "Muuramaa",
    "Westerholm",
    "Norrgård",
    "Ahvenkari",
    "Lumpeela",
    "Tuomikangas",
];

/// What was talked about, by what the visit was for.
pub(super) fn summaries(mode: Mode, purpose: Purpose) -> &'static [&'static str] {
    match (mode, purpose) {
        (Mode::Phone, _) => PHONE,
        (Mode::Email, _) => EMAIL,
        (_, Purpose::LearnNeeds) => NEEDS,
        (_, Purpose::ExploreOpening) => OPENING,
        (_, Purpose::ClientIntroduction) => INTRODUCTION,
        (_, Purpose::Application) => APPLICATION,
        (_, Purpose::FollowUp) => FOLLOW_UP,
    }
}

const PHONE: &[&str] = &[
    "Soitin ja kerroin palvelusta lyhyesti. Pyysivät käymään paikan päällä.",
    "Puhelimessa vastasi vuoropäällikkö, joka lupasi kysyä johdolta.",
    "Kysyin kevään tarpeesta. Tilanne selviää parin viikon päästä.",
    "Tavoitin vasta kolmannella soitolla. Sovittiin tapaaminen.",
    "Kävimme läpi työaikoja. Aamuvuoro sopisi heille parhaiten.",
    "Kiirettä riitti, joten puhelu jäi lyhyeksi. Palaan asiaan.",
];

const EMAIL: &[&str] = &[
    "Lähetin esitteen ja omat yhteystietoni.",
    "Vastasivat viestiin: nyt ei ole paikkoja, syksyllä voi olla.",
    "Lähetin ehdotuksen tapaamisajoista.",
    "Kysyivät viestissä, miten tuki työpaikalla toimii. Vastasin samana päivänä.",
];

const NEEDS: &[&str] = &[
    "Kysyin, mihin aikaan päivästä apua tarvitaan eniten. Ruuhka on aamulla.",
    "Kierrettiin tilat ja katsottiin, mitä töitä jää nyt tekemättä.",
    "Pieni porukka, kaikki tekevät kaikkea. Lisäkäsille olisi käyttöä loppuviikosta.",
    "Esihenkilö kertoi, että uusi ihminen perehdytetään parin viikon ajan työparin kanssa.",
    "Työ on liikkuvaa ja ajokortti on eduksi, mutta ei pakollinen.",
    "Juttelimme, millainen tekijä tänne sopii: rauhallinen ja täsmällinen.",
    "Kausi alkaa kohta. Silloin otetaan kaksi tai kolme ihmistä lisää.",
    "Tehtävät voi jakaa osiin, ja lyhyempi työpäivä onnistuu.",
];

const OPENING: &[&str] = &[
    "Osa-aikainen paikka on auki. Tunneista voidaan sopia.",
    "Sijaisuus alkaa ensi kuussa, ensin kolme kuukautta.",
    "Paikkaa ei ole vielä julkaistu. Sain tiedon suoraan esihenkilöltä.",
    "Haku on käynnissä, mutta voivat tavata ehdokkaan ennen sen päättymistä.",
    "Paikka oli jo täytetty. Seuraava vapautuu luultavasti keväällä.",
    "Tarvitsevat tekijän kahdeksi päiväksi viikossa.",
];

const INTRODUCTION: &[&str] = &[
    "Ensimmäinen yhteinen käynti. Työnhakija kyseli itse työvuoroista.",
    "Kerroin työnhakijan vahvuuksista hänen luvallaan. Vastaanotto oli lämmin.",
    "Esittelin palvelun ja kerroin, millaista työtä nyt haetaan.",
    "Sovittiin, että työnhakija tulee tutustumaan yhdeksi aamupäiväksi.",
    "Työnantaja kysyi, miten tuki jatkuu työn alettua. Kerroin, ettei sillä ole takarajaa.",
    "Katsottiin yhdessä työpiste ja taukotila. Jäi hyvä mieli.",
];

const APPLICATION: &[&str] = &[
    "Vietiin hakemus yhdessä. Haastattelu sovittiin samalla.",
    "Hakemus jätettiin. Päätös tulee kahden viikon sisällä.",
    "Kävimme läpi hakemuksen ja palkkatuen ehdot.",
    "Haastattelu meni hyvin. Referenssejä pyydettiin vielä.",
    "Valinta osui tällä kertaa toiseen, mutta nimi jäi muistiin.",
];

const FOLLOW_UP: &[&str] = &[
    "Kävin kysymässä, miten viime kerralla sovittu eteni. Odottavat vielä budjettia.",
    "Tilanne on ennallaan, mutta ovi on auki.",
    "Esihenkilö oli vaihtunut. Kerroin palvelun alusta.",
    "Muokattiin tehtävälistaa: raskaat nostot jäävät pois.",
    "Sovittiin kokeilupäivästä ja siitä, kuka opastaa.",
    "Työ on lähtenyt hyvin käyntiin. Seuraava tapaaminen kuukauden päästä.",
    "Puhuttiin vuorolistasta. Iltavuorot saa jättää pois.",
];

/// Second sentences that fit after any first one.
pub(super) const MORE: &[&str] = &[
    "Parasta soittaa kello 14 jälkeen.",
    "Pysäköinti takapihalla.",
    "Bussilla pääsee perille.",
    "Muistettava kysyä työvaatteista.",
    "Kahvit juotiin, tunnelma oli rento.",
    "Toivovat yhteydenottoja mieluiten sähköpostilla.",
];

/// The step that leads to a visit of this purpose.
pub(super) fn steps(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::LearnNeeds => &["Käy uudelleen ja tutustu tehtäviin", "Sovi tapaaminen esihenkilön kanssa"],
        Purpose::ExploreOpening => &["Kysy avoimesta paikasta", "Soita ja kysy kauden tarpeesta"],
        Purpose::ClientIntroduction => &["Käynti työnhakijan kanssa", "Sovi tutustumispäivä"],
        Purpose::Application => &["Vie hakemus", "Haastattelu"],
        Purpose::FollowUp => {
            &["Soita uudelleen", "Kysy, miten asia etenee", "Lähetä esite", "Käy kysymässä kuulumiset"]
        }
    }
}
