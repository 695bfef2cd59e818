//! The open data of the business register (YTJ, version 3 of PRH's interface): companies as rows.
//!
//! The interface gives texts; dumps of it give numbers and single objects in their place: both are read. A
//! company is over when it has an end date: its `status` says something else.

use super::columns::place_name;
use serde_json::Value;

/// The header of the rows, in the codes of [`super::columns::Column`]'s headers.
pub const HEADER: [&str; 8] = [
    "name",
    "business id",
    "street",
    "postal code",
    "municipality",
    "website",
    "class tol2008",
    "class tol2025",
];

/// Text of a text or a number.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A list, or the one thing that stands in its place.
fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

fn is_over(value: &Value) -> bool {
    !text(&value["endDate"]).is_empty()
}

/// A company as a row under [`HEADER`]; none when it is over or has no name.
#[must_use]
pub fn row(company: &Value) -> Option<Vec<String>> {
    if is_over(company) {
        return None;
    }
    let named = |name: &&Value| text(&name["type"]) == "1" && !is_over(name);
    let name = many(&company["names"]).iter().find(named).map(|name| text(&name["name"]))?;
    let id = match &company["businessId"] {
        Value::Object(id) => id.get("value").map(text).unwrap_or_default(),
        plain => text(plain),
    };
    let addresses = many(&company["addresses"]);
    let of_kind = |kind: &str| addresses.iter().find(|address| text(&address["type"]) == kind);
    let address = of_kind("1").or_else(|| of_kind("2")).unwrap_or(&Value::Null);
    let street: Vec<String> = ["street", "buildingNumber", "entrance", "apartmentNumber"]
        .map(|part| text(&address[part]))
        .into_iter()
        .filter(|part| !part.is_empty() && part != "0")
        .collect();
    let free = text(&address["freeAddressLine"]);
    let street = if street.is_empty() { free } else { street.join(" ") };
    let offices = many(&address["postOffices"]);
    let finnish = |office: &&Value| text(&office["languageCode"]) == "1";
    let office = offices.iter().find(finnish).or(offices.first()).unwrap_or(&Value::Null);
    let website = match &company["website"] {
        Value::Object(site) => site.get("url").map(text).unwrap_or_default(),
        plain => text(plain),
    };
    let line = &company["mainBusinessLine"];
    let class = text(&line["type"]);
    let (class_2008, class_2025) = match text(&line["typeCodeSet"]).as_str() {
        "TOIMI3" => (class, String::new()),
        "TOIMI4" => (String::new(), class),
        _ => (String::new(), String::new()),
    };
    let code = text(&address["postCode"]);
    let code = if code.is_empty() { code } else { format!("{code:0>5}") };
    Some(vec![name, id, street, code, place_name(&text(&office["city"])), website, class_2008, class_2025])
}

/// Is the row in one of these municipalities? All are, when none is named.
#[must_use]
pub fn is_in(row: &[String], municipalities: &[String]) -> bool {
    let place = row.get(4).map(|place| crate::text::fold(place)).unwrap_or_default();
    municipalities.is_empty() || municipalities.iter().any(|wanted| crate::text::fold(wanted) == place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Sheet;
    use crate::lists::columns::Mapping;
    use serde_json::json;

    fn company() -> Value {
        json!({
            "businessId": {"value": "0737546-2"},
            "names": [
                {"name": "Vanha Nimi Oy", "type": "1", "endDate": "2020-01-01"},
                {"name": "Apunimi", "type": "3"},
                {"name": "Aamu Oy", "type": "1"}
            ],
            "mainBusinessLine": {"type": "47120", "typeCodeSet": "TOIMI4"},
            "addresses": [
                {"type": 2, "postOfficeBox": "5"},
                {"type": 1, "street": "Kauppakatu", "buildingNumber": "3", "entrance": "B", "postCode": "87100",
                 "postOffices": [{"city": "KAJANA", "languageCode": "2"}, {"city": "KAJAANI", "languageCode": "1"}]}
            ],
            "website": {"url": "www.aamu.example"},
            "status": "2"
        })
    }

    #[test]
    fn a_company_becomes_a_row_that_the_columns_know() {
        let rows = vec![(1, HEADER.map(str::to_owned).to_vec()), (2, row(&company()).unwrap())];
        let sheets = vec![Sheet::new("", rows)];
        let mapping = Mapping::guess(&sheets, 0);
        assert!(mapping.columns.iter().all(Option::is_some), "{mapping:?}");
        let read = &mapping.read(&sheets)[0];
        assert!(read.is_sound(), "{read:?}");
        let facts = &read.facts;
        assert_eq!([&facts.name, &facts.business_id], ["Aamu Oy", "0737546-2"]);
        assert_eq!([&facts.street, &facts.municipality], ["Kauppakatu 3 B", "Kajaani"]);
        assert_eq!([&facts.section_tol2008, &facts.section_tol2025], ["", "G"]);
        assert_eq!(facts.website, "https://www.aamu.example");
    }

    #[test]
    fn dumps_with_numbers_and_single_objects_are_read_too() {
        let dump = json!({"businessId": "0737546-2", "names": {"name": "Aamu", "type": 1},
            "mainBusinessLine": {"type": 47120, "typeCodeSet": "TOIMI3"},
            "addresses": {"type": 1, "street": "Katu", "postCode": 1510, "postOffices": {"city": "VANTAA"}}});
        assert_eq!(row(&dump).unwrap(), ["Aamu", "0737546-2", "Katu", "01510", "Vantaa", "", "47120", ""]);
    }

    #[test]
    fn what_is_over_or_elsewhere_is_left_out() {
        let mut over = company();
        over["endDate"] = json!("2025-05-05");
        assert_eq!(row(&over), None);
        assert_eq!(row(&json!({})), None);
        let row = row(&company()).unwrap();
        assert!(is_in(&row, &[]) && is_in(&row, &["kajaani".into()]) && !is_in(&row, &["Sotkamo".into()]));
    }
}
