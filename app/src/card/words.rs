//! The words of the card of the day, in three languages.

use crate::i18n::{catalogue, language};
use domain::codes::Language;

catalogue! {
    CardWords;
    title: "Päivän kortti", "Dagens kort", "Card of the day";
    lead: "Ota tämän päivän tehtävät mukaan paikkaan, jossa ei ole verkkoa. Kortilla on enintään 20 kohdetta: työpaikka, osoite, kenestä kysyä ja asiakas peitenimellä. Kortti häviää 24 tunnin päästä ja kun kirjaudut ulos.", "Ta med dagens uppgifter till en plats utan nät. Kortet har högst 20 punkter: arbetsplats, adress, vem du frågar efter och klienten under alias. Kortet försvinner efter 24 timmar och när du loggar ut.", "Take today's tasks to a place without a network. The card holds at most 20: the employer, the address, whom to ask for, and the client by alias. It is gone after 24 hours and when you sign out.";
    pin: "Numero, jolla kortti aukeaa", "Nummer som öppnar kortet", "Number that opens the card";
    pin_hint: "Kuusi numeroa, ei samoja eikä peräkkäisiä. Numero ei tallennu minnekään.", "Sex siffror, inte lika och inte i följd. Numret sparas ingenstans.", "Six digits, not all the same and not in a row. The number is kept nowhere.";
    pin_wrong: "Anna kuusi numeroa, jotka eivät ole samoja eivätkä peräkkäisiä.", "Ge sex siffror som inte är lika och inte i följd.", "Give six digits that are not all the same and not in a row.";
    take: "Ota mukaan", "Ta med", "Take along";
    again: "Hae uudelleen", "Hämta på nytt", "Take it anew";
    taking: "Haetaan …", "Hämtas …", "Taking …";
    with_you: "Kortti on mukana {} asti.", "Kortet är med till {}.", "The card is with you until {}.";
    drop: "Poista kortti", "Ta bort kortet", "Remove the card";
    dropped: "Kortti on poistettu tästä puhelimesta.", "Kortet har tagits bort från den här telefonen.", "The card has been removed from this phone.";
    not_taken: "Korttia ei saatu mukaan. Tarkista verkko ja yritä uudelleen.", "Kortet kunde inte tas med. Kontrollera nätet och försök igen.", "The card could not be taken along. Check the network and try again.";
    none: "Päivän kortti ei ole mukana tässä puhelimessa. Sen voi ottaa mukaan Tänään-sivulta, kun verkko on.", "Dagens kort är inte med i den här telefonen. Det kan tas med på sidan I dag när det finns nät.", "The card of the day is not on this phone. It can be taken along on the page Today when there is a network.";
    open: "Avaa kortti", "Öppna kortet", "Open the card";
    opening: "Avataan …", "Öppnas …", "Opening …";
    wrong_one: "Väärä numero. Yksi yritys jäljellä.", "Fel nummer. Ett försök kvar.", "Wrong number. One try left.";
    wrong: "Väärä numero. {} yritystä jäljellä.", "Fel nummer. {} försök kvar.", "Wrong number. {} tries left.";
    gone: "Kortti poistettiin, koska numero oli väärä viisi kertaa. Saat sen takaisin, kun verkko on.", "Kortet togs bort eftersom numret var fel fem gånger. Du får det tillbaka när det finns nät.", "The card was removed because the number was wrong five times. You get it back when there is a network.";
    unread: "Puhelimen muistia ei voitu juuri nyt lukea. Yritä uudelleen.", "Telefonens minne kunde inte läsas just nu. Försök igen.", "The phone's memory could not be read just now. Try again.";
    close: "Sulje kortti", "Stäng kortet", "Close the card";
    empty: "Tälle päivälle ei ollut mitään odottamassa, kun kortti otettiin mukaan.", "Det fanns inget som väntade den här dagen när kortet togs med.", "Nothing waited for this day when the card was taken along.";
    left_out: "{} kohdetta ei mahtunut kortille.", "{} punkter fick inte plats på kortet.", "{} more did not fit on the card.";
    next_step: "Seuraava askel", "Nästa steg", "Next step";
    action: "Sovittu toimi", "Överenskommen åtgärd", "Agreed action";
    log: "Kirjaa käynti", "Anteckna besök", "Log a visit";
}

/// The words in the language of the page.
#[must_use]
pub fn card_words() -> &'static CardWords {
    match language() {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}
