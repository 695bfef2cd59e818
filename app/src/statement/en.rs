//! English.

use super::{Open, Statement};
use crate::i18n::{Counted, Phrase};

/// The statement.
pub(super) static STATEMENT: Statement = Statement {
    title: "Accessibility statement",
    about: Phrase(
        "{} wants everybody to be able to use Rinnalla. This statement says how well that has gone.",
    ),
    somebody: "Whoever provides the service",
    level_title: "How accessible Rinnalla is",
    level: [
        "The Act on the Provision of Digital Services (306/2019) asks for the standard EN 301 549, which is WCAG 2.1 at the levels A and AA. Rinnalla aims at WCAG 2.2 at the level AA.",
        "Rinnalla meets the requirements in part: not everything has been tested yet.",
    ],
    measured_title: "What was measured",
    measured: Phrase(
        "{}: axe {} went through {} pages and states of pages with {} rules. The browser was {}.",
    ),
    found: Counted(["It found no violation.", "It found 1 violation.", "It found {} violations."]),
    limits: "Such a test finds only a part of the barriers. What it cannot decide was gone through separately.",
    measured_how: "Each page was looked at like this:",
    modes: [
        "light",
        "dark",
        "the system’s own colours (high contrast)",
        "a screen 320 pixels wide",
        "text at 200\u{a0}%",
    ],
    tested: "Beside that, the tests look at every page or every piece:",
    tests: [
        "The page does not scroll in two directions at 320 pixels, nor with text at 200\u{a0}%.",
        "No text is lost or covered when the space between lines, words and letters is widened.",
        "Buttons have at least 24 pixels, 48 where a visit is logged.",
        "The focus and the edges of fields stand out from what is behind them.",
        "Nothing moves when less motion is asked for.",
        "The visit form and the list of employers are told rightly to assistive technology.",
    ],
    open_title: "What is not tested or not done",
    open: Open {
        screen_readers: "Screen readers (TalkBack, VoiceOver, NVDA) have not been tried. Names, roles and status messages may fall short (WCAG 1.3.1, 4.1.2, 4.1.3).",
        phones: "Real phones, voice control and switches have not been tried (WCAG 2.1.1, 2.5.3).",
        swedish: "Nobody whose first language is Swedish has read the Swedish texts.",
        plain_words: "Whether the texts are clear has not been tested with users.",
        own_words: "Staff write the words about visits and employers. Nobody can warrant that they are clear.",
        tables: "Wide tables scroll sideways in their own frame.",
    },
    made_title: "How this was assessed",
    made: Phrase(
        "The makers of Rinnalla have assessed it themselves, by tests that run for every change. Nobody from outside has assessed it. The figures and this statement are of {}.",
    ),
    feedback_title: "Tell of a barrier",
    feedback: "If something does not work for you, or you need something in another form, say so. You get an answer within 14 days.",
    feedback_missing: Phrase(
        "{} has not given an address for this yet. Tell the team lead or the administrator of the barrier. The address is given when the service is started (serve --feedback-address).",
    ),
    authority_title: "If no answer comes, or it does not help",
    authority: "If no answer comes within 14 days, or it does not help, you can notify the supervising authority. Its site says how.",
    authority_name: "Finnish Transport and Communications Agency Traficom",
    authority_unit: "Digital Accessibility Supervision Unit",
    authority_site: "www.webaccessibility.fi",
};
