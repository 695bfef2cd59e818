//! Names and texts of the made-up county. Nobody in it exists.

/// A trade: what its companies are called, and its industry (section and class of TOL 2008).
pub(crate) type Trade = (&'static str, &'static str, &'static str);

pub(crate) const TRADES: &[Trade] = &[
    ("Leipomo", "C", "10710"),
    ("Kauppa", "G", "47111"),
    ("Kiinteistöhuolto", "N", "81100"),
    ("Lounasravintola", "I", "56101"),
    ("Kuljetus", "H", "49410"),
    ("Hoivakoti", "Q", "87301"),
    ("Pesula", "S", "96010"),
    ("Konehuolto", "C", "33120"),
    ("Kirpputori", "G", "47791"),
    ("Siivouspalvelu", "N", "81210"),
    ("Jätehuolto", "E", "38110"),
    ("Avustajapalvelu", "Q", "88101"),
    ("Puutarha", "A", "01300"),
    ("Rautakauppa", "G", "47521"),
    ("Konepaja", "C", "25620"),
    ("Päiväkoti", "Q", "88910"),
    ("Kahvila", "I", "56300"),
    ("Rakennus", "F", "41200"),
    ("Autokorjaamo", "G", "45201"),
    ("Tilitoimisto", "M", "69201"),
];

/// Municipalities.
pub(crate) const TOWNS: &[&str] = &[
    "Kuopio",
    "Siilinjärvi",
    "Iisalmi",
    "Varkaus",
    "Lapinlahti",
    "Leppävirta",
    "Kiuruvesi",
    "Suonenjoki",
    "Pielavesi",
    "Joroinen",
    "Kaavi",
    "Tuusniemi",
];

/// Surnames, put together from a beginning and an end.
pub(crate) const SURNAME_BEGINNINGS: &[&str] = &[
    "Halla", "Kettu", "Pihlaja", "Kuikka", "Lumi", "Hauki", "Terva", "Kaisla", "Tuuli", "Sini", "Kanerva",
    "Leppä", "Naava", "Ruska", "Ilves", "Karhu", "Kivi", "Paju", "Raja", "Sorsa", "Vesi", "Kulta", "Hiekka",
    "Varpu", "Korpi", "Sauna", "Peura", "Huuhka", "Riekko", "Taival", "Sarka", "Viita", "Hirvi", "Ranta",
    "Koivu",
];
pub(crate) const SURNAME_ENDS: &[&str] =
    &["vuo", "suo", "niemi", "koski", "kangas", "harju", "lahti", "mäki", "vaara", "lampi", "oja", "salo"];

pub(crate) const FIRST_NAMES: &[&str] = &[
    "Aleksi", "Johanna", "Jere", "Katja", "Samuli", "Noora", "Teemu", "Henna", "Ville", "Laura", "Joonas",
    "Emmi", "Markus", "Sanna", "Jukka", "Mervi", "Antti", "Pauliina", "Linnea", "Åke",
];

pub(crate) const COMPANY_FORMS: &[&str] = &["Oy", "Oy", "Oy", "Ky", "Tmi", "Osk"];

pub(crate) const TITLES: &[&str] =
    &["toimitusjohtaja", "myymäläpäällikkö", "palveluesihenkilö", "yrittäjä", "työnjohtaja"];

/// A job title with its ISCO-08.
pub(crate) const JOBS: &[(&str, &str)] = &[
    ("leipuri", "7512"),
    ("myyjä", "5223"),
    ("siivooja", "9112"),
    ("keittiöapulainen", "9412"),
    ("varastotyöntekijä", "4321"),
    ("hoiva-avustaja", "5321"),
];

/// What a visit brought.
pub(crate) const SUMMARIES: &[&str] = &[
    "Kävimme läpi, mitä töitä keväällä on tulossa. Aamuvuoroihin tarvitaan tekijää, kokemusta ei vaadita.",
    "Esihenkilö kertoi, että varastolla on kiire ennen juhlia. Osa-aikainen tekijä kiinnostaa.",
    "Lyhyt puhelu: paikka on vielä auki, hakemuksen voi toimittaa suoraan yrittäjälle.",
    "Tutustuimme tiloihin. Työ on rauhallista ja tehtävät voi jakaa pienempiin osiin.",
    "Sovittiin, että palaan asiaan, kun kesän vuorot on suunniteltu.",
    "Ei tarvetta juuri nyt. Omistaja antoi luvan soittaa syksyllä uudelleen.",
    "Kerroin palvelusta ja työkokeilun ehdoista. Henkilöstö suhtautuu myönteisesti.",
];

/// What is to happen next.
pub(crate) const NEXT_STEPS: &[&str] = &[
    "Soita ja kysy vuoroista",
    "Vie hakemus",
    "Sovi tutustumiskäynti",
    "Kysy, miten ensimmäinen viikko meni",
    "Palaa asiaan kesän vuoroista",
];
