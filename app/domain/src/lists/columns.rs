//! Which column of a list is what: guessed from its header and its cells, shown, and corrected by a
//! person before anything is written.

use super::Sheet;
use crate::business_id::BusinessId;
use crate::employers::edit::{EditError, Facts, Person};
use crate::text::fold;
use serde::{Deserialize, Serialize};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $code:literal [$($word:literal),* $(,)?]),+ $(,)?) => {
        /// What a column of a list holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Column { $($(#[$doc])* #[serde(rename = $code)] $name,)+ }

        impl Column {
            /// Every column that can be read.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its code, on the command line and in forms.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The headers, folded, that say so.
            fn headers(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($word),*],)+ }
            }
        }
    };
}

columns! {
    /// Name.
    Name = "name" ["name", "nimi", "yritys", "yrityksen nimi", "tyonantaja", "tyonantajan nimi", "toiminimi",
        "yritysnimi", "organisaatio", "tyopaikka", "namn", "foretag", "arbetsgivare", "firma", "employer",
        "company", "company name", "asiakas"],
    /// Business identity code.
    BusinessId = "business_id" ["business id", "y tunnus", "ytunnus", "fo nummer", "businessid", "ly tunnus"],
    /// Street address.
    Street = "street" ["street", "katu", "osoite", "katuosoite", "lahiosoite", "kayntiosoite", "adress",
        "gatuadress", "besoksadress", "address", "street address"],
    /// Postal code.
    PostalCode = "postal_code" ["postal code", "postinumero", "postinro", "pnro", "postnummer", "zip", "postcode"],
    /// Municipality.
    Municipality = "municipality" ["municipality", "kunta", "kaupunki", "paikkakunta", "postitoimipaikka",
        "kotikunta", "kommun", "ort", "stad", "postort", "city", "town"],
    /// Street, postal code and municipality in one.
    Address = "address" ["koko osoite", "postiosoite", "full address", "postadress"],
    /// Website.
    Website = "website" ["website", "kotisivu", "kotisivut", "verkkosivu", "verkkosivut", "www", "hemsida",
        "webbplats", "web", "url"],
    /// Class of the industry, TOL 2008.
    ClassTol2008 = "class_tol2008" ["class tol2008", "tol 2008", "tol2008", "toimiala", "toimialakoodi", "tol",
        "naringsgren", "industry"],
    /// Class of the industry, TOL 2025.
    ClassTol2025 = "class_tol2025" ["class tol2025", "tol 2025", "tol2025"],
    /// A note.
    Note = "note" ["note", "huom", "huomio", "muistiinpano", "lisatieto", "lisatiedot", "kommentti", "anteckning",
        "notes", "comment"],
    /// The name of a person to ask for.
    ContactName = "contact_name" ["contact", "contact person", "contact name", "yhteyshenkilo", "yhteyshlo",
        "kontaktihenkilo", "kontaktperson"],
    /// The person's title.
    ContactTitle = "contact_title" ["contact title", "title", "titteli", "nimike", "asema", "titel", "tehtava"],
    /// What the person is for us.
    ContactRole = "contact_role" ["contact role", "rooli", "roll", "role"],
    /// The person's telephone.
    ContactPhone = "contact_phone" ["contact phone", "phone", "puhelin", "puh", "puhelinnumero", "gsm", "telefon",
        "telephone"],
    /// The person's e-mail.
    ContactEmail = "contact_email" ["contact email", "email", "e mail", "sahkoposti", "e post", "epost", "s posti"],
}

impl Column {
    /// The column of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.code() == code)
    }
}

/// Which sheet of a file is read, and what its columns are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The sheet, from 0.
    pub sheet: usize,
    /// Is the first row a header?
    pub header: bool,
    /// What each column is; none for one that is left out.
    pub columns: Vec<Option<Column>>,
    /// Is a row taken without the cells that can't be taken?
    pub without_wrong: bool,
}

/// What can't be right about a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingError {
    /// No column is the name.
    NoName,
    /// Two columns are the same.
    Twice(Column),
}

impl Mapping {
    /// What the columns of a sheet seem to be: by the words of the header, and where these say nothing, by
    /// what the cells look like.
    #[must_use]
    pub fn guess(sheets: &[Sheet], at: usize) -> Self {
        let empty = Sheet::default();
        let sheet = sheets.get(at).unwrap_or(&empty);
        let first: Vec<String> = sheet
            .rows
            .first()
            .map(|(_, cells)| cells.iter().map(|cell| fold(cell)).collect())
            .unwrap_or_default();
        let mut columns: Vec<Option<Column>> = vec![None; sheet.width()];
        for column in Column::ALL {
            let says = |header: &String| column.headers().contains(&header.as_str());
            if let Some(place) = first.iter().position(says)
                && columns[place].is_none()
            {
                columns[place] = Some(*column);
            }
        }
        let header = columns.iter().any(Option::is_some);
        let body: Vec<&Vec<String>> =
            sheet.rows.iter().skip(usize::from(header)).take(200).map(|(_, cells)| cells).collect();
        type Looks = fn(&str) -> bool;
        let shapes: [(Column, Looks); 4] = [
            (Column::BusinessId, |cell| BusinessId::parse(&hyphenated(cell)).is_ok()),
            (Column::ContactEmail, |cell| cell.contains('@') && !cell.contains(' ')),
            (Column::PostalCode, |cell| cell.len() == 5 && cell.bytes().all(|byte| byte.is_ascii_digit())),
            (Column::Name, |cell| cell.chars().filter(|letter| letter.is_alphabetic()).count() > 2),
        ];
        for (column, looks) in shapes {
            if columns.contains(&Some(column)) {
                continue;
            }
            let fits = |place: &usize| {
                let cells = body.iter().filter_map(|row| row.get(*place)).filter(|cell| !cell.is_empty());
                let (mut all, mut like) = (0, 0);
                for cell in cells {
                    all += 1;
                    like += usize::from(looks(cell));
                }
                columns[*place].is_none() && all > 0 && like * 2 > all
            };
            if let Some(place) = (0..columns.len()).find(fits) {
                columns[place] = Some(column);
            }
        }
        Self { sheet: at, header, columns, without_wrong: false }
    }

    /// Can rows be read by it?
    ///
    /// # Errors
    /// When the name is missing, or two columns are the same.
    pub fn check(&self) -> Result<(), MappingError> {
        for column in Column::ALL {
            if self.columns.iter().filter(|mapped| **mapped == Some(*column)).count() > 1 {
                return Err(MappingError::Twice(*column));
            }
        }
        if self.columns.contains(&Some(Column::Name)) { Ok(()) } else { Err(MappingError::NoName) }
    }

    /// The rows of the sheet as employers.
    #[must_use]
    pub fn read(&self, sheets: &[Sheet]) -> Vec<Candidate> {
        let rows = sheets.get(self.sheet).map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
        rows.iter().skip(usize::from(self.header)).map(|(line, cells)| self.candidate(*line, cells)).collect()
    }

    fn candidate(&self, line: u32, cells: &[String]) -> Candidate {
        let (mut facts, mut person) = (Facts::default(), Person::default());
        for (cell, column) in cells.iter().zip(&self.columns) {
            let text = cell.clone();
            match column {
                None => {}
                Some(Column::Name) => facts.name = text,
                Some(Column::BusinessId) => facts.business_id = hyphenated(&text),
                Some(Column::Street) => facts.street = text,
                Some(Column::PostalCode) => facts.postal_code = whole_code(&text),
                Some(Column::Municipality) => facts.municipality = place_name(&text),
                Some(Column::Address) => take_address(&text, &mut facts),
                Some(Column::Website) => facts.website = text,
                Some(Column::ClassTol2008) => facts.class_tol2008 = class_of(&text),
                Some(Column::ClassTol2025) => facts.class_tol2025 = class_of(&text),
                Some(Column::Note) => facts.note = text,
                Some(Column::ContactName) => person.name = text,
                Some(Column::ContactTitle) => person.title = text,
                Some(Column::ContactRole) => person.role = text,
                Some(Column::ContactPhone) => person.phone = text,
                Some(Column::ContactEmail) => person.email = text,
            }
        }
        let mut candidate = Candidate { line, facts, person, errors: Vec::new() };
        candidate.settle(self.without_wrong);
        candidate
    }
}

/// A row of a list, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its number in the file, from 1.
    pub line: u32,
    /// What it says of an employer.
    pub facts: Facts,
    /// A person to ask for, if it names one.
    pub person: Person,
    /// What can't be taken. With [`Mapping::without_wrong`], what was left out.
    pub errors: Vec<EditError>,
}

impl Candidate {
    /// Checks what was read. `without_wrong` empties what can't be taken.
    fn settle(&mut self, without_wrong: bool) {
        let fields = |errors: &[EditError]| errors.iter().map(EditError::field).collect::<Vec<_>>();
        if let Err(errors) = self.facts.check() {
            if without_wrong {
                let mut kept = self.facts.fields();
                for field in fields(&errors) {
                    kept.insert(field.to_owned(), String::new());
                }
                self.facts = Facts::of(&kept);
            }
            self.errors.extend(errors);
        }
        // A person without a name is the number or the address of the place.
        let named = self.person.name.is_empty() && self.person.title.is_empty();
        if named && (!self.person.phone.is_empty() || !self.person.email.is_empty()) {
            self.person.title = self.facts.name.clone();
        }
        if self.has_person()
            && let Err(errors) = self.person.check()
        {
            if without_wrong {
                let mut kept = self.person.fields();
                for field in fields(&errors) {
                    kept.insert(field.to_owned(), String::new());
                }
                self.person = Person::of(&kept);
            }
            self.errors.extend(errors);
        }
        if let Ok(facts) = self.facts.check() {
            self.facts = facts;
        }
        if let Ok(person) = self.person.check() {
            self.person = person;
        }
    }

    /// Does it name a person to ask for?
    #[must_use]
    pub fn has_person(&self) -> bool {
        self.person != Person::default()
    }

    /// Can it be taken as it stands?
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.facts.check().is_ok() && (!self.has_person() || self.person.check().is_ok())
    }
}

/// A code as the register writes it, from one whose hyphen was lost on the way (a spreadsheet took it for
/// a number, or somebody left it out).
fn hyphenated(text: &str) -> String {
    let bare: String =
        text.chars().filter(|letter| !letter.is_whitespace() && !"-–.".contains(*letter)).collect();
    if (7..=8).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        let (number, check) = bare.split_at(bare.len() - 1);
        return format!("{number:0>7}-{check}");
    }
    text.to_owned()
}

/// A postal code whose leading zeros a spreadsheet took away.
fn whole_code(text: &str) -> String {
    let number = (3..5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if number { format!("{text:0>5}") } else { text.to_owned() }
}

/// The digits of a class: `47.11`, `I 56101 Ravintolat` and `56101` say the same.
fn class_of(text: &str) -> String {
    let digits = |word: &str| -> String {
        let bare: String = word.chars().filter(|letter| *letter != '.').collect();
        if bare.bytes().all(|byte| byte.is_ascii_digit()) { bare } else { String::new() }
    };
    text.split_whitespace().map(digits).find(|digits| !digits.is_empty()).unwrap_or_else(|| text.to_owned())
}

/// A place as it is written: post offices come in capitals.
#[must_use]
pub fn place_name(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut start = true;
    let letter = |letter: char| {
        let written = if start { letter.to_string() } else { letter.to_lowercase().to_string() };
        start = !letter.is_alphabetic();
        written
    };
    text.chars().map(letter).collect()
}

/// Parts `Katu 1, 87100 Kajaani` at its postal code.
fn take_address(text: &str, facts: &mut Facts) {
    let is_code = |word: &&str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    let Some(code) = text.split([' ', ',']).find(is_code) else {
        text.trim().clone_into(&mut facts.street);
        return;
    };
    let (street, place) = text.split_once(code).unwrap_or((text, ""));
    code.clone_into(&mut facts.postal_code);
    facts.street = street.trim_matches([' ', ',']).to_owned();
    if facts.municipality.is_empty() {
        facts.municipality = place_name(place.trim_matches([' ', ',']));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(rows: &[&[&str]]) -> Vec<Sheet> {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
        vec![Sheet::new("", (1..).zip(rows))]
    }

    #[test]
    fn headers_of_three_languages_are_known() {
        for header in [
            ["Yrityksen nimi", "Y-tunnus", "Kunta"],
            ["Företag", "FO-nummer", "Kommun"],
            ["Company", "Business ID", "City"],
        ] {
            let mapping = Mapping::guess(&sheet(&[&header, &["Aamu Oy", "0737546-2", "Kajaani"]]), 0);
            assert!(mapping.header);
            assert_eq!(
                mapping.columns,
                [Some(Column::Name), Some(Column::BusinessId), Some(Column::Municipality)]
            );
        }
    }

    #[test]
    fn without_a_header_the_cells_tell() {
        let mapping = Mapping::guess(&sheet(&[&["0737546-2", "Aamu Oy", "87100", "a@aamu.example"]]), 0);
        assert!(!mapping.header);
        let wanted = [Column::BusinessId, Column::Name, Column::PostalCode, Column::ContactEmail];
        assert_eq!(mapping.columns, wanted.map(Some));
        assert_eq!(mapping.check(), Ok(()));
        let two = Mapping { columns: vec![Some(Column::Name), Some(Column::Name)], ..Mapping::default() };
        assert_eq!(two.check(), Err(MappingError::Twice(Column::Name)));
        assert_eq!(Mapping::default().check(), Err(MappingError::NoName));
    }

    #[test]
    fn what_spreadsheets_do_to_cells_is_mended() {
        let sheets = sheet(&[
            &["Yritys", "Y-tunnus", "Postiosoite", "Toimiala", "Puhelin"],
            &["Aamu Oy", "737546 2", "Katu 1 A, 87100 KAJAANI", "I 56.101 Ravintolat", "'+358 40 123 4567"],
        ]);
        let rows = Mapping::guess(&sheets, 0).read(&sheets);
        let Candidate { line, facts, person, errors } = &rows[0];
        assert_eq!((*line, errors.as_slice()), (2, [].as_slice()));
        assert_eq!(facts.business_id, "0737546-2");
        assert_eq!(
            [&facts.street, &facts.postal_code, &facts.municipality],
            ["Katu 1 A", "87100", "Kajaani"]
        );
        assert_eq!((facts.class_tol2008.as_str(), facts.section_tol2008.as_str()), ("56101", "I"));
        assert_eq!((person.phone.as_str(), person.title.as_str()), ("+358 40 123 4567", "Aamu Oy"));
    }

    #[test]
    fn a_wrong_cell_refuses_the_row_or_is_left_out_as_one_wishes() {
        let sheets = sheet(&[&["Yritys", "Y-tunnus", "Puhelin"], &["Aamu Oy", "0737546-1", "soita"]]);
        let mut mapping = Mapping::guess(&sheets, 0);
        let refused = &mapping.read(&sheets)[0];
        assert!(!refused.is_sound());
        assert_eq!(refused.errors.iter().map(EditError::field).collect::<Vec<_>>(), ["business_id", "phone"]);
        mapping.without_wrong = true;
        let taken = &mapping.read(&sheets)[0];
        assert!(taken.is_sound());
        assert_eq!((taken.facts.business_id.as_str(), taken.errors.len()), ("", 2));
    }

    #[test]
    fn places_are_written_as_places() {
        assert_eq!(place_name("KAJAANI"), "Kajaani");
        assert_eq!(place_name("UUSI-VÄRTSILÄ"), "Uusi-Värtsilä");
        assert_eq!(place_name("Ii"), "Ii");
    }

    proptest! {
        #[test]
        fn any_sheet_is_mapped_and_read(rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,12}", 0..5), 0..6), wrong: bool) {
            let sheets = vec![Sheet::new("", (1..).zip(rows))];
            let mapping = Mapping { without_wrong: wrong, ..Mapping::guess(&sheets, 0) };
            for row in mapping.read(&sheets) {
                prop_assert!(row.is_sound() || !row.errors.is_empty());
            }
        }
    }
}
