//! The words of phones and of what came from them and waits, in three languages.

use crate::i18n::{catalogue, language};
use domain::codes::Language;

catalogue! {
    DeviceWords;
    title: "Puhelimet", "Telefoner", "Phones";
    lead: "Puhelin tulee listaan, kun sillä kirjaudutaan sisään. Kun päätät puhelimen tunnuksen, siltä ei enää oteta kirjauksia vastaan ilman, että hyväksyt ne, ja sen omistajan kirjautumiset päättyvät kaikkialla muualla kuin tässä selaimessa.", "En telefon kommer på listan när någon loggar in på den. När du avslutar telefonens behörighet tas inga anteckningar emot från den utan att du godkänner dem, och ägarens inloggningar upphör överallt utom i den här webbläsaren.", "A phone comes into the list when somebody signs in on it. When you end its credential, nothing from it takes effect unless you accept it, and its owner is signed out everywhere but in this browser.";
    none: "Yhdelläkään puhelimella ei ole vielä kirjauduttu sisään.", "Ingen har loggat in på någon telefon än.", "Nobody has signed in on a phone yet.";
    own: "Omat puhelimet", "Egna telefoner", "Your phones";
    unit: "Tiimin puhelimet", "Teamets telefoner", "The team's phones";
    unnamed: "Nimetön laite", "Enhet utan namn", "Device without a name";
    since: "Käytössä {} alkaen", "I bruk sedan {}", "In use since {}";
    seen: "kuultu viimeksi {}", "senast hörd {}", "last heard {}";
    ended: "Tunnus päätetty {}", "Behörigheten avslutad {}", "Credential ended {}";
    missing_one: "Yksi kirjaus tästä puhelimesta ei ole tullut perille.", "En anteckning från den här telefonen har inte kommit fram.", "One entry of this phone has not arrived.";
    missing: "{} kirjausta tästä puhelimesta ei ole tullut perille.", "{} anteckningar från den här telefonen har inte kommit fram.", "{} entries of this phone have not arrived.";
    all_here: "Kaikki kirjaukset ovat perillä.", "Alla anteckningar har kommit fram.", "All entries have arrived.";
    name: "Puhelimen nimi", "Telefonens namn", "Name of the phone";
    rename: "Nimeä", "Namnge", "Rename";
    end: "Päätä tunnus", "Avsluta behörigheten", "End the credential";
    held: "Kirjaukset, jotka tarvitsevat sinua", "Anteckningar som behöver dig", "Entries that need you";
    held_lead: "Nämä ovat palvelimella tallessa, mutta niitä ei ole voitu viedä loppuun.", "De här finns sparade på servern men har inte kunnat slutföras.", "These are kept on the server, but could not be carried out.";
    came: "tuli {}", "kom {}", "came {}";
    visit: "Käynti", "Besök", "Visit";
    change: "Muutos", "Ändring", "Change";
    sealed: "Suljettu kirjaus", "Förseglad anteckning", "Sealed entry";
    mend: "Korjaa", "Rätta", "Mend";
    accept: "Kirjoitin tämän itse: vie loppuun", "Jag skrev den här själv: slutför", "I wrote this: carry it out";
    again: "Yritä uudelleen", "Försök igen", "Try again";
    accept_gone: "Vie kirjaukseksi kirjoittajan nimissä", "För in i författarens namn", "Carry out in its author's name";
    gone: "Kirjaukset ihmisiltä, jotka eivät ole enää täällä", "Anteckningar av personer som inte är kvar", "Entries of people who are no longer here";
    gone_lead: "Kirjoittaja on lähtenyt tai hänen tunnuksensa on lukittu. Kirjaus on tallessa suljettuna. Sinä päätät, viedäänkö se loppuun. Kaikesta jää merkintä lokiin.", "Personen har slutat eller kontot är låst. Anteckningen finns sparad och förseglad. Du avgör om den ska slutföras. Allt antecknas i loggen.", "The author has left or their account is locked. The entry is kept, sealed. You decide whether it is carried out. All of it stands in the log.";
    drop: "Poista", "Ta bort", "Remove";
    copy: "Tuo puhelimen suljettu kopio", "Hämta in en telefons förseglade kopia", "Bring the sealed copy of a phone";
    copy_lead: "Kun puhelin ei pääse verkkoon, sen kirjaukset voi tallentaa tiedostoon ja tuoda tästä. Tiedostoa ei voi lukea, ja jokainen kirjaus pysyy kirjoittajansa nimissä. Saman tiedoston voi tuoda monta kertaa.", "När en telefon inte får nät kan dess anteckningar sparas i en fil och hämtas in här. Filen kan inte läsas, och varje anteckning står kvar i sin författares namn. Samma fil kan hämtas in flera gånger.", "When a phone gets no network, what it keeps can be saved to a file and brought in here. Nobody can read the file, and each entry stays its author's. The same file may be brought several times.";
    copy_file: "Tiedosto (rinnalla-lahetettavat.txt)", "Fil (rinnalla-lahetettavat.txt)", "File (rinnalla-lahetettavat.txt)";
    copy_bring: "Tuo", "Hämta in", "Bring";
    copy_none: "Valitse tiedosto.", "Välj en fil.", "Choose a file.";
    copy_too_large: "Tiedosto on liian suuri, tai lähetys katkesi. Yritä uudelleen.", "Filen är för stor, eller så avbröts sändningen. Försök igen.", "The file is too large, or sending was cut off. Try again.";
    copy_taken: "Perillä: {}. Odottaa kirjoittajaansa: {}. Ei vielä otettu vastaan: {}. Säilytä tiedosto, kunnes kaikki on perillä.", "Framme: {}. Väntar på sin författare: {}. Inte mottagna än: {}. Spara filen tills allt är framme.", "Arrived: {}. Wait for their author: {}. Not taken yet: {}. Keep the file until all of it has arrived.";
    to_waiting: "Mitä tässä puhelimessa odottaa", "Vad som väntar i den här telefonen", "What waits on this phone";
}

/// The words in the language of the page.
#[must_use]
pub fn device_words() -> &'static DeviceWords {
    match language() {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}
