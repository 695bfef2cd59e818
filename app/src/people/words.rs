//! The words of access and administration, in three languages.

use crate::i18n::{catalogue, language};
use crate::steps::step_words;
use domain::codes::lists::CodeList;
use domain::codes::{Code, Language, Service, TeamLevel};
use domain::forms::FieldError;

catalogue! {
    PeopleWords;
    // Standing in.
    substitutes: "Sijaiset", "Vikarier", "Substitutes";
    substitutes_lead: "Sijainen näkee valmentajan avoimet asiakkaat ensimmäisestä päivästä viimeiseen, ei päivääkään pidempään.", "Vikarien ser arbetscoachens öppna klienter från första till sista dagen, inte en dag längre.", "A substitute sees the coach’s open clients from the first day to the last, and not a day longer.";
    substitute_new: "Nimeä sijainen", "Utse en vikarie", "Name a substitute";
    substitute_coach: "Kenelle", "För vem", "For whom";
    substitute_who: "Kuka sijaistaa", "Vem vikarierar", "Who stands in";
    first_day: "Ensimmäinen päivä", "Första dagen", "First day";
    last_day: "Viimeinen päivä", "Sista dagen", "Last day";
    now: "Nyt", "Nu", "Now";
    ahead: "Tulossa", "Kommande", "Ahead";
    past: "Päättyneet", "Avslutade", "Past";
    substitutes_none: "Ketään ei sijaisteta nyt, eikä sijaisuuksia ole tulossa.", "Ingen vikarierar nu, och inga vikariat är på väg.", "Nobody stands in now, and nothing is planned.";
    end_now: "Päätä heti", "Avsluta genast", "End now";
    ended: "Sijaisuus on päätetty. Sijainen ei näe enää asiakkaita.", "Vikariatet är avslutat. Vikarien ser inte klienterna längre.", "Ended. The substitute no longer sees the clients.";
    appointed: "Sijainen on nimetty.", "Vikarien är utsedd.", "The substitute is named.";
    ended_early: "päätetty", "avslutat", "ended";
    stands_for: "sijaistaa:", "vikarierar för:", "stands in for:";
    // Reading with a written reason.
    glass: "Asiakas, jota et muuten näe", "En klient som du annars inte ser", "A client whom you do not see otherwise";
    glass_lead: "Joskus on välttämätöntä lukea asiakkaan tietoja, vaikka hän ei ole sinun. Kirjoita syy. Yksikön tiiminvetäjä saa tiedon ja tarkistaa jokaisen kerran.", "Ibland är det nödvändigt att läsa om en klient som inte är din. Skriv skälet. Enhetens teamledare får veta och granskar varje gång.", "Sometimes it is necessary to read about a client who is not yours. Write the reason. The unit’s team lead is told and looks into every time.";
    glass_unit: "Yksikkö", "Enhet", "Unit";
    glass_client: "Asiakkaan peitenimi tai tunnus", "Klientens alias eller kod", "The client’s alias or code";
    glass_client_hint: "Kirjoita se täsmälleen. Asiakkaita ei voi hakea tässä.", "Skriv det exakt. Man kan inte söka klienter här.", "Write it exactly. Clients cannot be searched for here.";
    glass_reason: "Miksi sinun on luettava tiedot", "Varför du måste läsa uppgifterna", "Why you have to read it";
    glass_reason_hint: "Vähintään 20 kirjainta. Syytä ei voi muuttaa jälkikäteen.", "Minst 20 bokstäver. Skälet kan inte ändras efteråt.", "At least 20 letters. The reason cannot be changed afterwards.";
    password: "Oma salasanasi uudelleen", "Ditt eget lösenord igen", "Your own password again";
    glass_begin: "Avaa tunniksi", "Öppna för en timme", "Open for an hour";
    glass_answer: "Jos tällainen asiakas on, voit lukea hänen sivuaan tunnin ajan. Tiiminvetäjä saa tiedon.", "Om det finns en sådan klient kan du läsa sidan i en timme. Teamledaren får veta.", "If there is such a client, you can read the page for an hour; the lead is told.";
    glass_to_open: "Katso, mitä voit lukea nyt", "Se vad du kan läsa nu", "See what you can read now";
    glass_open: "Luet nyt kirjoittamallasi syyllä", "Du läser nu med ett skriftligt skäl", "What you read now with a written reason";
    glass_none: "Et lue nyt ketään kirjoitetulla syyllä.", "Du läser nu ingen med ett skriftligt skäl.", "You read nobody with a written reason now.";
    glass_until: "Voit lukea klo {} asti", "Du kan läsa till kl. {}", "You can read until {}";
    glass_banner: "Luet tätä sivua kirjoittamallasi syyllä klo {} asti. Kaikki, mitä luet, kirjataan, ja tiiminvetäjä tarkistaa sen.", "Du läser den här sidan med ett skriftligt skäl till kl. {}. Allt du läser loggas och granskas av teamledaren.", "You read this page with a written reason until {}. All that you read is logged, and the lead looks into it.";
    glass_list: "Lukemiset kirjoitetulla syyllä", "Läsning med skriftligt skäl", "Readings with a written reason";
    glass_list_lead: "Tarkista jokainen kolmen arkipäivän kuluessa.", "Granska varje läsning inom tre vardagar.", "Look into each within three working days.";
    glass_list_none: "Kukaan ei ole lukenut asiakkaita kirjoitetulla syyllä.", "Ingen har läst klienter med ett skriftligt skäl.", "Nobody has read clients with a written reason.";
    client: "Asiakas", "Klient", "Client";
    reason: "Syy", "Skäl", "Reason";
    what_was_read: "Mitä luettiin", "Vad som lästes", "What was read";
    nothing_read: "Mitään ei luettu.", "Inget lästes.", "Nothing was read.";
    review_due: "Tarkistettava viimeistään {}", "Ska granskas senast {}", "To be looked into by {}";
    overdue: "Myöhässä", "Försenad", "Overdue";
    reviewed: "Tarkistettu", "Granskad", "Looked into";
    found: "Mitä tarkistus osoitti", "Vad granskningen visade", "What was found";
    review: "Merkitse tarkistetuksi", "Markera som granskad", "Mark as looked into";
    own_reading: "Toinen tiiminvetäjä tarkistaa oman lukemisesi.", "En annan teamledare granskar din egen läsning.", "Another lead looks into your own reading.";
    // Alarms.
    alarms: "Paljon asiakkaita tunnissa", "Många klienter på en timme", "Many clients within an hour";
    alarms_lead: "Joku avasi tunnin aikana poikkeuksellisen monta asiakasta. Selvitä, miksi.", "Någon öppnade ovanligt många klienter på en timme. Ta reda på varför.", "Somebody opened unusually many clients within an hour. Find out why.";
    alarms_none: "Kukaan ei ole lukenut poikkeuksellisen monta asiakasta.", "Ingen har läst ovanligt många klienter.", "Nobody has read unusually many clients.";
    clients_read: "{} eri asiakasta", "{} olika klienter", "{} different clients";
    waits_glass: "Odottaa tarkistusta: {}", "Väntar på granskning: {}", "To be looked into: {}";
    // Uses.
    uses: "Kuka on käsitellyt tietoja", "Vem har använt uppgifterna", "Who has used the data";
    uses_lead: "Käyttöloki: kuka katsoi tai muutti asiakkaan tietoja, milloin, missä roolissa ja millä perusteella. Myös tämä katselu on lokissa.", "Användningslogg: vem såg eller ändrade klientens uppgifter, när, i vilken roll och på vilken grund. Även den här läsningen står i loggen.", "The use log: who saw or changed the client’s data, when, in which role and on which ground. This reading stands in it, too.";
    uses_since: "Kahden vuoden ajalta, {} alkaen.", "Från två år, sedan {}.", "Of two years, since {}.";
    uses_all: "Kaikki käyttö alusta asti.", "All användning från början.", "All use from the beginning.";
    uses_older: "Näytä myös vanhemmat", "Visa även äldre", "Show older ones, too";
    uses_older_hint: "Yli kaksi vuotta vanhat annetaan asiakkaalle vain erityisestä syystä.", "Uppgifter äldre än två år lämnas ut bara av särskilda skäl.", "What is older than two years is given to the client for a special reason only.";
    uses_none: "Kukaan ei ole käsitellyt tietoja tänä aikana.", "Ingen har använt uppgifterna under den här tiden.", "Nobody has used the data in this time.";
    paper: "Ote asiakkaalle: kuka on käsitellyt tietoja", "Utdrag till klienten: vem har använt uppgifterna", "Extract for the client: who has used the data";
    paper_whose: "Kenen tiedoista: {}", "Vems uppgifter: {}", "Whose data: {}";
    paper_from: "{}, {}. Ote on tehty {}, ja sen antoi {}.", "{}, {}. Utdraget gjordes {} och gavs av {}.", "{}, {}. The extract was made on {} and given by {}.";
    paper_what: "Rinnalla kirjaa jokaisen kerran, kun joku katsoo tai muuttaa tietojasi. Tästä otteesta näet, kuka sen teki, milloin, missä roolissa ja millä perusteella, ja kenelle tietojasi saa tai on saanut kertoa.", "Rinnalla antecknar varje gång någon ser eller ändrar dina uppgifter. I utdraget ser du vem som gjorde det, när, i vilken roll och på vilken grund, och för vem man får eller har fått berätta om dig.", "Rinnalla notes every time that somebody sees or changes your data. This extract tells who did, when, in which role and on which ground, and to whom one may or might tell about you.";
    paper_told: "Kenelle tietojasi saa tai on saanut kertoa", "För vem man får eller har fått berätta om dig", "To whom one may or might tell about you";
    paper_told_what: "Rinnalla ei lähetä tietojasi muihin järjestelmiin. Tässä on, kenelle työntekijä saa tai on saanut kertoa sinusta ja mitä. Hoitotiimi, joka teki lähetteen, näkee sen päivät.", "Rinnalla skickar inte dina uppgifter till andra system. Här står för vem en arbetstagare får eller har fått berätta om dig, och vad. Det vårdteam som gjorde remissen ser dagarna i den.", "Rinnalla sends your data to no other system. Here is to whom a worker may or might tell about you, and what. The treatment team that made the referral sees its days.";
    paper_told_none: "Et ole antanut suostumuksia, eikä kanssasi ole sovittu, mitä työnantajille kerrotaan.", "Du har inte gett samtycken, och ni har inte kommit överens om vad som berättas för arbetsgivare.", "You have given no consents, and nothing is agreed on what employers are told.";
    paper_recipient: "Kenelle", "För vem", "To whom";
    paper_may_know: "Mitä", "Vad", "What";
    paper_consent: "Suostumuksesi. Tarkoitus: {}", "Ditt samtycke. Ändamål: {}", "Your consent. Purpose: {}";
    paper_agreed: "Sovittu kanssasi. {}", "Överenskommet med dig. {}", "Agreed with you. {}";
    paper_ask: "Keneltä voit kysyä", "Vem du kan fråga", "Whom you can ask";
    paper_ask_what: "Jos jokin käyttö ihmetyttää tai arvelet, ettei siihen ollut syytä, kysy ensin yksikön tiiminvetäjältä: {}. Voit kysyä myös organisaation tietosuojavastaavalta: {}. Sinulla on oikeus saada selvitys ja pyytää, että virheet korjataan. Jos olet tyytymätön vastaukseen, voit ottaa yhteyttä tietosuojavaltuutettuun.", "Om du undrar över någon användning eller tror att den saknade skäl, fråga först enhetens teamledare: {}. Du kan också fråga organisationens dataskyddsombud: {}. Du har rätt att få en utredning och att be att fel rättas. Om du inte är nöjd med svaret kan du kontakta dataombudsmannen.", "If a use puzzles you, or you think that there was no reason for it, first ask the unit’s team lead: {}. You can also ask the organisation’s data protection officer: {}. You have the right to an explanation, and to ask that errors be corrected. If you are not content with the answer, you can turn to the Data Protection Ombudsman.";
    paper_page: "Sivu {} / {}", "Sida {} / {}", "Page {} of {}";
    when: "Milloin", "När", "When";
    who: "Kuka", "Vem", "Who";
    role_and_place: "Rooli ja yksikkö", "Roll och enhet", "Role and unit";
    what: "Mitä tehtiin", "Vad som gjordes", "What was done";
    ground: "Millä perusteella", "På vilken grund", "On which ground";
    operator: "Tietojärjestelmän ylläpito", "Systemets drift", "The operator of the system";
    did_read: "Katsoi:", "Såg:", "Saw:";
    did_add: "Kirjasi:", "Antecknade:", "Noted:";
    did_change: "Muutti:", "Ändrade:", "Changed:";
    did_take_back: "Perui:", "Tog tillbaka:", "Took back:";
    did_export: "Otti tiedostona:", "Tog ut som fil:", "Took as a file:";
    did_review: "Tarkisti:", "Granskade:", "Looked into:";
    did_open: "Avasi kirjoitetulla syyllä:", "Öppnade med skriftligt skäl:", "Opened with a written reason:";
    kind_client: "asiakkaan sivu", "klientens sida", "the client’s page";
    kind_visit: "työnantajakäynti asiakkaan asiassa", "arbetsgivarbesök för klienten", "a visit to an employer for the client";
    kind_list: "lista, jossa asiakas on", "en lista där klienten finns", "a list with the client in it";
    kind_referral: "lähete", "remiss", "the memo";
    kind_meeting: "tapaaminen", "möte", "a meeting";
    kind_note: "muistiinpano", "anteckning", "a note";
    kind_profile: "ammatillinen profiili", "yrkesprofil", "the vocational profile";
    kind_consent: "suostumus", "samtycke", "a consent";
    kind_disclosure: "mitä työnantajalle kerrotaan", "vad som berättas för arbetsgivaren", "what is told to an employer";
    kind_uses: "käyttöloki", "användningslogg", "the use log";
    kind_glass: "lukeminen kirjoitetulla syyllä", "läsning med skriftligt skäl", "reading with a written reason";
    kind_package: "koko aineisto", "hela materialet", "the whole of the data";
    kind_search: "haku, jossa asiakas löytyi", "en sökning som hittade klienten", "a search that found the client";
    kind_plan: "asiakkuussuunnitelma", "klientplan", "a client plan";
    kind_copy: "asiakkaan oma kooste", "klientens egen sammanfattning", "the client’s own summary";
    kind_dossier: "arviointiaineisto", "bedömningsunderlag", "a review dossier";
    kind_key: "arviointiaineiston koodien avain", "nyckeln till bedömningsunderlagets koder", "the key of a dossier’s codes";
    kind_other: "asiakkaan tiedot", "klientens uppgifter", "the client’s data";
    basis_relation: "Asiakassuhde", "Klientrelation", "Client relationship";
    basis_glass: "Kirjoitettu syy", "Skriftligt skäl", "Written reason";
    basis_operator: "Ylläpito", "Drift", "Operation";
    basis_people: "Tiiminvetäjän tehtävä", "Teamledarens uppgift", "The lead’s duty";
    basis_review: "Laadun arviointi ilman nimiä", "Kvalitetsbedömning utan namn", "Review of quality, without names";
    basis_other: "Työtehtävä", "Arbetsuppgift", "Duty";
    // The organisation.
    organisation: "Organisaatio", "Organisation", "Organisation";
    units: "Yksiköt", "Enheter", "Units";
    teams: "Hoitotiimit", "Vårdteam", "Treatment teams";
    people: "Henkilöt", "Personer", "People";
    settings: "Asetukset", "Inställningar", "Settings";
    changes: "Muutokset", "Ändringar", "Changes";
    changes_none: "Organisaatiota ei ole vielä muutettu.", "Organisationen har inte ändrats ännu.", "Nothing has been changed yet.";
    unit_new: "Uusi yksikkö", "Ny enhet", "New unit";
    unit_edit: "Muuta yksikköä", "Ändra enheten", "Change the unit";
    team_new: "Uusi hoitotiimi", "Nytt vårdteam", "New treatment team";
    team_edit: "Muuta hoitotiimiä", "Ändra vårdteamet", "Change the treatment team";
    person_new: "Uusi henkilö", "Ny person", "New person";
    code: "Tunnus", "Kod", "Code";
    code_hint: "Jätä tyhjäksi, niin tunnus tehdään nimestä. Tunnusta ei voi muuttaa myöhemmin.", "Lämna tomt, så görs koden av namnet. Koden kan inte ändras senare.", "Leave it empty, and it is made from the name. It cannot be changed later.";
    suggested: "Tarkista ehdotus ja tallenna.", "Kontrollera förslaget och spara.", "Check what is suggested, and save.";
    service: "Menetelmä", "Metod", "Method";
    service_ips: "Sijoita ja valmenna! (IPS)", "IPS – placera och träna", "Individual Placement and Support (IPS)";
    service_latu: "Laatuperusteinen työhönvalmennus (LATU)", "Kvalitetsbaserad arbetscoachning (LATU)", "Quality-criteria based work coaching (LATU)";
    level: "Taso", "Nivå", "Level";
    level_specialised: "Erikoissairaanhoito", "Specialiserad sjukvård", "Specialised care";
    level_primary: "Perusterveydenhuolto", "Primärvård", "Primary care";
    level_social: "Sosiaalipalvelut", "Socialservice", "Social services";
    level_employment: "Työllisyyspalvelut", "Sysselsättningstjänster", "Employment services";
    refers_to: "Yksikkö, johon tiimi lähettää", "Enheten dit teamet remitterar", "The unit to which the team refers";
    sign_in_hint: "Jätä tyhjäksi, niin käyttäjätunnus tehdään nimestä. Sitä ei voi muuttaa myöhemmin.", "Lämna tomt, så görs användarnamnet av namnet. Det kan inte ändras senare.", "Leave it empty, and it is made from the name. It cannot be changed later.";
    posts: "Tehtävät", "Uppdrag", "Posts";
    posts_none: "Ei tehtäviä. Ilman tehtävää henkilö ei näe mitään, eikä häntä voi kutsua.", "Inga uppdrag. Utan uppdrag ser personen inget och kan inte bjudas in.", "No posts. Without one the person sees nothing and cannot be invited.";
    post_none_now: "Ei tehtävää nyt", "Inget uppdrag nu", "No post now";
    post_new: "Lisää tehtävä", "Lägg till ett uppdrag", "Add a post";
    post_place: "Yksikkö tai hoitotiimi", "Enhet eller vårdteam", "Unit or treatment team";
    post_place_hint: "Lähettäjä on hoitotiimissä, muut yksikössä.", "Remittenten hör till ett vårdteam, de andra till en enhet.", "A referrer is in a treatment team, everybody else in a unit.";
    share: "Osuus työajasta, %", "Andel av arbetstiden, %", "Share of working time, %";
    end_post: "Päätä tehtävä", "Avsluta uppdraget", "End the post";
    end_post_hint: "Seuraavana päivänä henkilö ei enää näe, mitä tehtävä antoi nähdä.", "Dagen efter ser personen inte längre det som uppdraget gav.", "The day after, the person no longer sees what the post let them see.";
    lock: "Lukitse tunnus", "Lås kontot", "Lock the account";
    unlock: "Avaa lukitus", "Lås upp kontot", "Unlock the account";
    lock_hint: "Henkilö kirjataan heti ulos kaikilta laitteilta.", "Personen loggas genast ut på alla enheter.", "The person is signed out everywhere at once.";
    lock_own: "Et voi lukita omaa tunnustasi.", "Du kan inte låsa ditt eget konto.", "You cannot lock your own account.";
    saved: "Tallennettu.", "Sparat.", "Saved.";
    organisation_name: "Organisaation nimi", "Organisationens namn", "Name of the organisation";
    limit: "Hälytysraja: eri asiakkaita tunnissa", "Larmgräns: olika klienter per timme", "Alarm limit: different clients within an hour";
    limit_hint: "10–1000. Kun joku avaa näin monta asiakasta tunnissa, tiiminvetäjä ja ylläpitäjä näkevät hälytyksen.", "10–1000. När någon öppnar så här många klienter på en timme ser teamledaren och administratören ett larm.", "10–1000. When somebody opens so many clients within an hour, the lead and the administrator see an alarm.";
    codes: "Luettelot", "Listor", "Lists";
    codes_lead: "Luettelot, joista lomakkeilla valitaan. Virallisia kohtia ei muuteta, sillä säännöt, laatukriteerit ja tilastot laskevat niistä. Omia merkintöjä voit lisätä, nimetä uudelleen ja päättää tästä päivästä tai myöhemmästä alkaen eteenpäin.", "Listor som man väljer ur i formulären. De officiella punkterna ändras inte, för regler, kvalitetskriterier och statistik räknar med dem. Egna poster kan du lägga till, byta namn på och avsluta från i dag eller en senare dag framåt.", "The lists from which forms offer choices. What is official is not changed, because rules, quality criteria and statistics count by it. Entries of your own can be added, renamed and ended from today or a later day.";
    codes_open: "Näihin voit lisätä omia", "Här kan du lägga till egna", "You can add your own to these";
    codes_fixed: "Nämä ovat kaikilla samat", "De här är lika för alla", "These are the same for all";
    codes_under: "Jokainen oma merkintä kuuluu johonkin viralliseen kohtaan ja lasketaan siihen. Asiakkaan sivulla näkyy oma nimi, tilastoissa ja aineistossa virallinen kohta.", "Varje egen post hör till en officiell punkt och räknas dit. På klientens sida syns det egna namnet, i statistiken och materialet den officiella punkten.", "Each entry of your own stands under something official and counts as that. A client’s page shows your name, statistics and the package what is official.";
    codes_names: "Lomake ehdottaa näitä nimiä, kun kenttään kirjoitetaan. Muunkin saa kirjoittaa. Vanhoihin merkintöihin jää se nimi, joka niihin kirjoitettiin.", "Formuläret föreslår de här namnen när man skriver i fältet. Man får skriva något annat också. Gamla anteckningar behåller det namn som skrevs.", "The form suggests these names while somebody types. Anything else may be typed, too. What was written before keeps its name.";
    codes_fixed_why: "Laatukriteerit, tilastot ja suostumukset perustuvat näihin kohtiin, joten niitä ei muuteta.", "Kvalitetskriterier, statistik och samtycken bygger på de här punkterna, därför ändras de inte.", "Quality criteria, statistics and consents rest on these, and so they are not changed.";
    list_closing: "Palvelun päättämisen syyt", "Orsaker till att tjänsten avslutas", "Reasons of closing";
    list_declining: "Syyt, miksi lähetettä ei oteta palveluun", "Orsaker till att en remiss inte antas", "Reasons for not taking up a referral";
    list_recipients: "Tietojen saajat", "Mottagare av uppgifter", "Recipients of information";
    list_municipalities: "Kunnat", "Kommuner", "Municipalities";
    list_modes: "Tapaamisen tavat", "Sätt att mötas", "Ways of meeting";
    list_purposes: "Työnantajakäynnin tarkoitukset", "Ändamål med arbetsgivarbesök", "Purposes of a visit to an employer";
    list_places: "Tuen paikat", "Platser för stöd", "Places of support";
    list_attempts: "Yhteydenoton tavat", "Sätt att ta kontakt", "Ways of trying to reach";
    list_shares: "Mitä tietoja vaihdetaan", "Vilka uppgifter som utbyts", "What information is exchanged";
    list_tell: "Mitä työnantajalle kerrotaan", "Vad som berättas för arbetsgivaren", "What an employer is told";
    codes_official: "Viralliset kohdat", "Officiella punkter", "Official";
    codes_own: "Omat merkinnät", "Egna poster", "Own entries";
    codes_own_none: "Omia merkintöjä ei ole.", "Det finns inga egna poster.", "There are no entries of your own.";
    codes_own_now: "Omia voimassa: {}", "Egna i kraft: {}", "Own in force: {}";
    codes_state: "Tila", "Läge", "State";
    codes_holds: "voimassa", "i kraft", "in force";
    codes_ahead: "tulossa", "kommande", "ahead";
    codes_over: "päättynyt", "avslutad", "ended";
    codes_new: "Lisää oma merkintä", "Lägg till en egen post", "Add an entry of your own";
    name_fi: "Nimi suomeksi", "Namn på finska", "Name in Finnish";
    name_sv: "Nimi ruotsiksi", "Namn på svenska", "Name in Swedish";
    name_en: "Nimi englanniksi", "Namn på engelska", "Name in English";
    name_hint: "Jätä tyhjäksi, jos nimi on sama kuin suomeksi.", "Lämna tomt om namnet är det samma som på finska.", "Leave it empty if it is as in Finnish.";
    counts_as: "Mihin viralliseen kohtaan se lasketaan", "Till vilken officiell punkt den räknas", "As what it counts";
    codes_last_hint: "Jätä tyhjäksi, jos merkinnällä ei ole loppua.", "Lämna tomt om posten inte har något slut.", "Leave it empty if it has no end.";
    codes_times: "Nimet ja voimassaolo", "Namn och giltighet", "Names and validity";
    codes_rename: "Anna uusi nimi", "Ge ett nytt namn", "Give a new name";
    codes_again: "Ota uudelleen käyttöön", "Ta i bruk igen", "Take into use again";
    codes_rename_hint: "Vanhat merkinnät näyttävät vanhaa nimeä. Jos nimi alkaa samana päivänä kuin edellinen, se tulee edellisen tilalle.", "Gamla anteckningar visar det gamla namnet. Om namnet börjar samma dag som det förra ersätter det detta.", "What was written before shows the old name. A name that begins on the same day as the one before takes its place.";
    codes_new_from: "Mistä päivästä alkaen", "Från vilken dag", "From which day on";
    codes_end: "Päätä merkintä", "Avsluta posten", "End the entry";
    codes_ends_on: "Mistä päivästä alkaen sitä ei enää tarjota", "Från vilken dag den inte längre erbjuds", "From which day on it is offered no longer";
    codes_end_hint: "Vanhat merkinnät näyttävät nimen edelleen. Tyhjä päivä peruu päättymisen.", "Gamla anteckningar visar namnet fortfarande. En tom dag tar tillbaka slutet.", "What was written before still shows the name. An empty day calls the end off.";
    ch_code: "Uusi merkintä luetteloon", "Ny post i en lista", "New entry of a list";
    ch_code_name: "Merkinnän uusi nimi", "Postens nya namn", "New name of an entry";
    ch_code_end: "Merkinnän päättyminen", "Postens slut", "End of an entry";
    ch_list: "Luettelo", "Lista", "List";
    w_entry_taken: "Tunnus on jo tässä luettelossa samaan aikaan. Valitse toinen tunnus tai toiset päivät.", "Koden finns redan i listan under samma tid. Välj en annan kod eller andra dagar.", "The code is in this list in the same time already. Choose another code, or other days.";
    w_name_taken: "Luettelossa on jo tämän niminen merkintä samaan aikaan. Valitse toinen nimi.", "I listan finns redan en post med det här namnet under samma tid. Välj ett annat namn.", "An entry of this name is in the list in the same time already. Choose another name.";
    w_new_from: "Uusi nimi voi alkaa tänään tai myöhemmin, mutta ei ennen edellisen nimen alkua.", "Det nya namnet kan börja i dag eller senare, men inte före det förra namnet.", "A new name begins today or later, and not before the name that stands last.";
    w_ends_on: "Merkintä voi päättyä tänään tai myöhemmin, mutta ei ennen kuin se alkaa.", "Posten kan ta slut i dag eller senare, men inte innan den börjar.", "An entry ends today or later, and not before it begins.";
    choose: "Valitse", "Välj", "Choose";
    before: "Ennen", "Före", "Before";
    after: "Jälkeen", "Efter", "After";
    changed_by: "Muuttaja", "Ändrad av", "Changed by";
    ch_unit: "Yksikkö", "Enhet", "Unit";
    ch_team: "Hoitotiimi", "Vårdteam", "Treatment team";
    ch_person: "Henkilö", "Person", "Person";
    ch_post: "Uusi tehtävä", "Nytt uppdrag", "New post";
    ch_post_end: "Tehtävän päättyminen", "Uppdragets slut", "End of a post";
    ch_lock: "Tunnus lukittu", "Kontot låst", "Account locked";
    ch_retention_rule: "Säilytysaika", "Förvaringstid", "Retention time";
    record_kind: "Mitä tietoja", "Vilka uppgifter", "Which records";
    years: "Vuotta", "År", "Years";
    years_from: "Mistä lasketaan", "Räknas från", "Counted from";
    source: "Peruste", "Grund", "Ground";
    w_years: "Kirjoita luku väliltä 1–150.", "Skriv ett tal mellan 1 och 150.", "Write a number from 1 to 150.";
    w_source: "Kirjoita laki tai päätös, johon säilytysaika perustuu.", "Skriv lagen eller beslutet som förvaringstiden grundar sig på.", "Write the law or decision behind the retention time.";
    ch_unlock: "Lukitus avattu", "Kontot upplåst", "Account unlocked";
    // What is wrong.
    w_missing: "Täytä kohta: {}", "Fyll i: {}", "Fill in: {}";
    w_too_long: "Liian pitkä: {}", "För långt: {}", "Too long: {}";
    w_day: "Kirjoita oikea päivä: {}", "Skriv en riktig dag: {}", "Write a real day: {}";
    w_early_today: "Päivä on jo mennyt: {}", "Dagen har redan varit: {}", "The day is over: {}";
    w_early: "Viimeinen päivä on ennen ensimmäistä.", "Den sista dagen är före den första.", "The last day is before the first.";
    w_year: "Sijaisuus voi kestää enintään vuoden.", "Ett vikariat kan vara högst ett år.", "Standing in lasts a year at most.";
    w_code: "Tunnuksessa voi olla kirjaimia a–z, numeroita, viivoja ja pisteitä.", "Koden kan ha bokstäver a–z, siffror, streck och punkter.", "A code has letters a–z, digits, hyphens and dots.";
    w_code_taken: "Tunnus on jo käytössä. Valitse toinen.", "Koden är redan i bruk. Välj en annan.", "The code is taken. Choose another.";
    w_sign_in: "Käyttäjätunnuksessa voi olla kirjaimia, numeroita, viivoja ja pisteitä.", "Användarnamnet kan ha bokstäver, siffror, streck och punkter.", "The name to sign in with has letters, digits, hyphens and dots.";
    w_sign_in_taken: "Käyttäjätunnus on jo käytössä. Valitse toinen.", "Användarnamnet är redan i bruk. Välj ett annat.", "This name to sign in with is taken. Choose another.";
    w_place: "Lähettäjän paikka on hoitotiimi, muiden yksikkö.", "Remittentens plats är ett vårdteam, de andras en enhet.", "A referrer is in a treatment team, everybody else in a unit.";
    w_substitute: "Valitse joku toinen, joka tekee nyt asiakastyötä.", "Välj någon annan som arbetar med klienter nu.", "Choose somebody else who works in the field now.";
    w_reason: "Kirjoita syy, vähintään 20 kirjainta.", "Skriv skälet, minst 20 bokstäver.", "Write the reason, at least 20 letters.";
    w_password: "Salasana on väärä, tai sitä on yritetty liian monta kertaa. Odota hetki ja kirjoita se uudelleen.", "Lösenordet är fel eller har prövats för många gånger. Vänta en stund och skriv det igen.", "The password is wrong, or was tried too often. Wait a while and write it again.";
    w_tries: "Olet avannut liian monta kertaa. Yritä uudelleen 15 minuutin kuluttua.", "Du har öppnat för många gånger. Försök igen om 15 minuter.", "You have opened too often. Try again in 15 minutes.";
    w_last_admin: "Organisaatiossa täytyy olla ylläpitäjä. Anna tehtävä ensin toiselle, joka voi kirjautua.", "Organisationen måste ha en administratör. Ge uppdraget först till någon annan som kan logga in.", "There must be an administrator. First give the post to another who can sign in.";
    w_share: "Kirjoita luku väliltä 0–100.", "Skriv ett tal mellan 0 och 100.", "Write a number from 0 to 100.";
    w_limit: "Kirjoita luku väliltä 10–1000.", "Skriv ett tal mellan 10 och 1000.", "Write a number from 10 to 1000.";
    w_unit_stays: "Tiimin yksikköä ei voi vaihtaa. Tee uusi tiimi.", "Teamets enhet kan inte bytas. Gör ett nytt team.", "A team’s unit cannot be changed. Make a new team.";
}

/// The words of a language.
#[must_use]
pub fn people_words_in(language: Language) -> &'static PeopleWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
pub(crate) fn people_words() -> &'static PeopleWords {
    people_words_in(language())
}

impl PeopleWords {
    /// What is wrong with a field of this label.
    #[must_use]
    pub fn wrong(&self, error: FieldError, label: &str) -> String {
        let of = |phrase: &str| phrase.replace("{}", label);
        match (error, error.field()) {
            (FieldError::Missing(_), "reason") => self.w_reason.to_owned(),
            (FieldError::TooLong(_), "client") => self.w_tries.to_owned(),
            (FieldError::TooLong(_), "to_day") => self.w_year.to_owned(),
            (FieldError::TooEarly(_), "from_day") => of(self.w_early_today),
            (FieldError::TooEarly(_), "new_from") => self.w_new_from.to_owned(),
            (FieldError::TooEarly(_), "ends_on") => self.w_ends_on.to_owned(),
            (FieldError::TooEarly(_), _) => self.w_early.to_owned(),
            (FieldError::Choice(_), "code") => self.w_code_taken.to_owned(),
            (FieldError::Choice(_), "entry_code") => self.w_entry_taken.to_owned(),
            (FieldError::Choice(_), "name_fi") => self.w_name_taken.to_owned(),
            (FieldError::Choice(_), "sign_in_name") => self.w_sign_in_taken.to_owned(),
            (FieldError::Choice(_), "place") => self.w_place.to_owned(),
            (FieldError::Choice(_), "substitute") => self.w_substitute.to_owned(),
            (FieldError::Choice(_), "password") => self.w_password.to_owned(),
            (FieldError::Choice(_), "last") => self.w_last_admin.to_owned(),
            (FieldError::Choice(_), "unit") => self.w_unit_stays.to_owned(),
            (FieldError::Number(_), "code" | "entry_code") => self.w_code.to_owned(),
            (FieldError::Number(_), "sign_in_name") => self.w_sign_in.to_owned(),
            (FieldError::Number(_), "share") => self.w_share.to_owned(),
            (FieldError::Number(_), "limit") => self.w_limit.to_owned(),
            (FieldError::Number(_), "years") => self.w_years.to_owned(),
            (FieldError::Missing(_), "source") => self.w_source.to_owned(),
            (FieldError::TooLong(_), _) => of(self.w_too_long),
            (FieldError::Day(_) | FieldError::Ahead(_) | FieldError::Year(_), _) => of(self.w_day),
            _ => of(self.w_missing),
        }
    }

    /// What was done with what, in a sentence.
    #[must_use]
    pub fn used(&self, action: &str, kind: &str) -> String {
        let did = match action {
            "read" | "search" => self.did_read,
            "log" | "add" | "write" | "import" | "send" | "note" | "save" => self.did_add,
            "withdraw" | "undo" | "drop" | "remove" => self.did_take_back,
            "export" => self.did_export,
            "review" => self.did_review,
            "break_glass" => self.did_open,
            _ => self.did_change,
        };
        let what = match kind {
            "client" => self.kind_client,
            "visit" | "visit_form" => self.kind_visit,
            "caseload" | "today" | "feed" | "route" | "employer" | "load" | "board" => self.kind_list,
            "referral" | "referrals" => self.kind_referral,
            "meeting" | "client_meeting" | "meeting_talk" => self.kind_meeting,
            "note" | "client_note" => self.kind_note,
            "profile" | "client_profile" => self.kind_profile,
            "consent" | "consent_notice" => self.kind_consent,
            "disclosure" | "disclosure_talk" => self.kind_disclosure,
            "uses" => self.kind_uses,
            "glass" | "glass_list" => self.kind_glass,
            "package" => self.kind_package,
            "search" => self.kind_search,
            "network_plan" => self.kind_plan,
            "copy" => self.kind_copy,
            "dossier" => self.kind_dossier,
            "dossier_key" => self.kind_key,
            _ => self.kind_other,
        };
        format!("{did} {what}")
    }

    /// On which ground.
    #[must_use]
    pub fn basis(&self, basis: &str) -> &'static str {
        match basis {
            "client_relation" => self.basis_relation,
            "break_glass" => self.basis_glass,
            "operator" => self.basis_operator,
            "people" => self.basis_people,
            "review" => self.basis_review,
            _ => self.basis_other,
        }
    }

    /// A method.
    #[must_use]
    pub fn service(&self, service: Service) -> &'static str {
        match service {
            Service::Ips => self.service_ips,
            Service::Latu => self.service_latu,
        }
    }

    /// A list from which forms offer choices.
    #[must_use]
    pub fn list(&self, list: CodeList) -> &'static str {
        match list {
            CodeList::ClosingReasons => self.list_closing,
            CodeList::DeclineReasons => self.list_declining,
            CodeList::Transitions => step_words().transitions,
            CodeList::Qualifications => step_words().qualifications,
            CodeList::Recipients => self.list_recipients,
            CodeList::Municipalities => self.list_municipalities,
            CodeList::Modes => self.list_modes,
            CodeList::Purposes => self.list_purposes,
            CodeList::Places => self.list_places,
            CodeList::AttemptWays => self.list_attempts,
            CodeList::Shares => self.list_shares,
            CodeList::MayTell => self.list_tell,
        }
    }

    /// A level of a treatment team.
    #[must_use]
    pub fn level(&self, level: TeamLevel) -> &'static str {
        match level {
            TeamLevel::Specialised => self.level_specialised,
            TeamLevel::Primary => self.level_primary,
            TeamLevel::Social => self.level_social,
            TeamLevel::Employment => self.level_employment,
        }
    }

    /// What kind of change it is.
    #[must_use]
    pub fn change(&self, kind: &str) -> &'static str {
        match kind {
            "unit" => self.ch_unit,
            "team" => self.ch_team,
            "person" => self.ch_person,
            "post" => self.ch_post,
            "post_end" => self.ch_post_end,
            "lock" => self.ch_lock,
            "unlock" => self.ch_unlock,
            "retention_rule" => self.ch_retention_rule,
            "code" => self.ch_code,
            "code_name" => self.ch_code_name,
            "code_end" => self.ch_code_end,
            _ => self.settings,
        }
    }

    /// A value of a change as people read it.
    pub(super) fn value(&self, name: &str, value: &str) -> String {
        let role = |role| crate::i18n::desk_words().role_of(role).to_owned();
        let date = |day| crate::i18n::Dates::date(language(), day);
        let said = match name {
            "role" => domain::codes::Role::parse(value).ok().map(role),
            "service" => Service::parse(value).ok().map(|service| self.service(service).to_owned()),
            "level" => TeamLevel::parse(value).ok().map(|level| self.level(level).to_owned()),
            "record" | "start" => crate::retention::value(name, value),
            "from_day" | "to_day" => value.parse().ok().map(date),
            "list" => CodeList::parse(value).ok().map(|list| self.list(list).to_owned()),
            _ => None,
        };
        said.unwrap_or_else(|| value.to_owned())
    }

    /// The name of a field of a change.
    pub(super) fn field(&self, name: &str) -> &'static str {
        let t = crate::i18n::desk_words();
        match name {
            "name" => t.name,
            "code" => self.code,
            "service" => self.service,
            "municipality" => t.municipality,
            "level" => self.level,
            "unit" => self.glass_unit,
            "sign_in_name" => t.sign_in_name,
            "role" => t.role,
            "place" => t.place,
            "share" => self.share,
            "from_day" => self.first_day,
            "to_day" => self.last_day,
            "limit" => self.limit,
            "record" => self.record_kind,
            "years" => self.years,
            "start" => self.years_from,
            "source" => self.source,
            "list" => self.ch_list,
            "counts_as" => self.counts_as,
            "name_fi" => self.name_fi,
            "name_sv" => self.name_sv,
            "name_en" => self.name_en,
            _ => self.what,
        }
    }
}
