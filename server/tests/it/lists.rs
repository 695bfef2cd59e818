//! Lists of employers that come in, and lists that go out.

use crate::helpers::{Browser, TestBackend, actor, both, count, log, plain_visit, settle, token_of};
use axum::http::StatusCode;
use backend::Error;
use backend::lists::read_file;
use domain::employers::EmployerQuery;
use domain::ids::EmployerId;
use domain::lists::compare::{Decision, Group, Settling};
use rust_xlsxwriter::Workbook;

/// The cells of each sheet of a workbook.
pub fn cells(bytes: &[u8]) -> Vec<Vec<Vec<String>>> {
    read_file(bytes, &[])
        .expect("a workbook")
        .into_iter()
        .map(|sheet| sheet.rows.into_iter().map(|(_, cells)| cells).collect())
        .collect()
}

fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(*row) {
            sheet.write_string(line, at, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a file")
}

/// A lead's list: two new, one under another spelling, one almost, one wrong, one naming a client.
fn list() -> Vec<u8> {
    xlsx(&[
        &["Yritys", "Y-tunnus", "Kunta", "Puhelin", "Lisätieto"],
        &["Uusi Kahvila Oy", "", "Kuopio", "+358 40 123 4567", ""],
        &["Uusi Paja Tmi", "", "Kuopio", "", "=HYPERLINK(1)"],
        &["Oy Konditori Akerlund", "", "Kuopio", "", "Leivotaan öisin"],
        &["Rantakorpi Kaupa", "", "Varkaus", "", ""],
        &["Väärä Tunnus Oy", "0001019-1", "Kuopio", "", ""],
        &["Kertova Oy", "", "Kuopio", "", "Salme Salainen kävi täällä"],
    ])
}

async fn lead(backend: &TestBackend) -> Browser {
    let token = token_of(backend, "LEAD").await;
    Browser::new(backend).with(Some(&token))
}

async fn named(backend: &TestBackend, name: &str) -> Option<EmployerId> {
    let own = actor(backend, "OWN").await;
    let query = EmployerQuery { text: name.into(), ..EmployerQuery::default() };
    let list = backend.employers(&own, &query).await.expect("a list");
    list.rows.iter().find(|row| row.name == name).map(|row| row.id)
}

#[tokio::test]
async fn a_lead_takes_a_spreadsheet_into_the_register_and_takes_it_back() {
    for backend in both().await {
        settle(&backend).await;
        let browser = lead(&backend).await;
        let before = count(&backend, "select count(*) from employer").await;

        let taken = browser.send_file("/employers/lists", "Työnantajat.xlsx", &list()).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        let here = taken.header("location").to_owned();
        let columns = browser.open(&here).await;
        for text in ["Lisätieto", "Uusi Kahvila Oy", "Y-tunnus"] {
            assert!(columns.body.contains(text), "{text}");
        }
        let mapped = [
            ("sheet", "0"),
            ("header", "1"),
            ("column0", "name"),
            ("column1", "business_id"),
            ("column2", "municipality"),
            ("column3", "contact_phone"),
            ("column4", "note"),
        ];
        let nameless: Vec<_> = mapped.into_iter().filter(|(_, code)| *code != "name").collect();
        assert_eq!(browser.submit(&here, &nameless).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let rows = browser.submit(&here, &mapped).await;
        assert_eq!(rows.header("location"), format!("{here}/rows"));

        let page = browser.open(&format!("{here}/rows")).await;
        assert!(page.body.contains("Yksi rivi odottaa päätöstäsi"), "the near name waits for a person");
        let refused = browser.submit(&format!("{here}/write"), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is guessed");
        assert_eq!(count(&backend, "select count(*) from employer").await, before, "nothing is written");
        let wrong = browser.open(&format!("{here}/rows?group=wrong")).await;
        assert!(wrong.body.contains("Väärä Tunnus Oy") && wrong.body.contains("Kertova Oy"));

        browser.submit(&format!("{here}/rows"), &[("row-5", "fill"), ("group", "near_name")]).await;
        let done = browser.submit(&format!("{here}/write"), &[]).await;
        assert_eq!(done.header("location"), format!("{here}/done"));
        assert_eq!(count(&backend, "select count(*) from employer").await, before + 2);
        assert!(named(&backend, "Kertova Oy").await.is_none(), "no client's name gets in");
        let own = actor(&backend, "OWN").await;
        let cafe = named(&backend, "Uusi Kahvila Oy").await.expect("the new one");
        let page = backend.employer(&own, cafe).await.expect("a page");
        assert_eq!(page.contacts[0].phone, "+358 40 123 4567");
        let known = named(&backend, "Konditori Åkerlund Ab").await.expect("its own spelling stays");
        let page = backend.employer(&own, known).await.expect("a page");
        assert_eq!(page.note.as_deref(), Some("Leivotaan öisin"), "what was missing is filled in");
        assert!(page.business_id.is_some(), "what was there stays");
        let again = browser.submit(&format!("{here}/write"), &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "once");

        // A visit since: that one stays.
        log(&backend, &own, plain_visit(cafe)).await;
        let undone = browser.submit(&format!("{here}/undo"), &[]).await;
        assert!(undone.body.contains("Yksi työnantaja poistettiin"), "{}", undone.body);
        assert!(undone.body.contains("Yksi jäi"));
        assert!(named(&backend, "Uusi Paja Tmi").await.is_none());
        let page = backend.employer(&own, known).await.expect("a page");
        assert_eq!(page.note, None, "what was filled in is taken back");
        assert_eq!(backend.employer(&own, cafe).await.expect("a page").contacts.len(), 1);
        assert_eq!(browser.submit(&format!("{here}/undo"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_branch_has_the_code_of_its_chain_and_a_rule_settles_many() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let rows = "Nimi;Y-tunnus;Kunta\nÅkerlundin myymälä;0001004-9;Varkaus\nRantakorpi Kaupa;;Varkaus\n";
        let id = backend
            .take_list(&lead, "a.csv", rows.into(), Vec::new())
            .await
            .expect("a database")
            .expect("rows");
        let compared = backend.compare_list(&lead, id).await.expect("rows");
        let groups: Vec<Group> = compared.rows.iter().map(|row| row.found.group()).collect();
        assert_eq!(groups, [Group::SameBusinessId, Group::NearName]);
        let mut rules = Settling::default();
        rules.rules.insert(Group::SameBusinessId, Decision::Branch);
        rules.rules.insert(Group::NearName, Decision::Leave);
        backend.settle_list(&lead, id, rules).await.expect("settled");
        let outcome = backend.write_list(&lead, id).await.expect("a database").expect("written");
        assert_eq!((outcome.added, outcome.left), (1, 1));
        let branch = named(&backend, "Åkerlundin myymälä").await.expect("the branch");
        let page = backend.employer(&lead, branch).await.expect("a page");
        assert_eq!(page.chain.expect("a chain").name, "Konditori Åkerlund Ab");
    }
}

#[tokio::test]
async fn a_list_is_its_takers_alone() {
    for backend in both().await {
        settle(&backend).await;
        let (lead, other) = (actor(&backend, "LEAD").await, actor(&backend, "AWAYLEAD").await);
        let id = backend.take_list(&lead, "a.csv", b"Nimi\nUusi Oy\n".to_vec(), Vec::new()).await;
        let id = id.expect("a database").expect("a list");
        assert!(matches!(backend.list(&other, id).await, Err(Error::NotThere)));
        assert!(matches!(backend.write_list(&other, id).await, Err(Error::NotThere)));
        assert!(backend.lists(&other).await.expect("lists").is_empty());
        backend.drop_list(&lead, id).await.expect("dropped");
        assert!(matches!(backend.list(&lead, id).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_file_that_is_no_list_says_what_to_do() {
    for backend in both().await {
        settle(&backend).await;
        let browser = lead(&backend).await;
        for (bytes, words) in [
            (b"PK\x03\x04".as_slice(), "rikki tai suojattu"),
            (b"\x89PNG\r\n\x00\x00", "Avaa se taulukkona"),
            (b"", "yhtään riviä"),
        ] {
            let reply = browser.send_file("/employers/lists", "a.xlsx", bytes).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(reply.body.contains(words), "{words}");
        }
        let none = browser.send_file("/employers/lists", "", b"").await;
        assert!(none.body.contains("Valitse ensin tiedosto"));
    }
}

#[tokio::test]
async fn a_list_on_the_screen_goes_out_whole_and_without_a_formula() {
    for backend in both().await {
        settle(&backend).await;
        let lead_actor = actor(&backend, "LEAD").await;
        let many: String = (0..70).map(|at| format!("=cmd|{at} Kahvila {at}\n")).collect();
        let rows = format!("Nimi\n{many}");
        let id = backend.take_list(&lead_actor, "a.csv", rows.into_bytes(), Vec::new()).await;
        let id = id.expect("a database").expect("a list");
        let mut rules = Settling::default();
        rules.rules.insert(Group::NearName, Decision::Add);
        rules.rules.insert(Group::Repeats, Decision::Add);
        backend.settle_list(&lead_actor, id, rules).await.expect("settled");
        assert_eq!(
            backend.write_list(&lead_actor, id).await.expect("a database").expect("written").added,
            70
        );

        let browser = lead(&backend).await;
        let csv = browser.open("/employers.csv").await;
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"tyonantajat.csv\"");
        assert!(csv.body.contains("\"'=cmd|7 Kahvila 7\"") && !csv.body.contains("\"=cmd"), "{}", csv.body);
        let xlsx = browser.open("/employers.xlsx").await;
        let read = |bytes: &[u8]| read_file(bytes, &[]).expect("a sheet").remove(0).rows;
        assert_eq!(read(&csv.bytes), read(&xlsx.bytes), "both say the same");
        assert_eq!(read(&csv.bytes).len(), 1 + 3 + 70, "all pages");
        let filtered = browser.open("/employers.csv?municipality=Kuopio").await;
        assert_eq!(read(&filtered.bytes).len(), 1 + 2, "as it is filtered");
        let visits = browser.open("/visits.csv").await;
        assert!(visits.body.contains("Varastoon haetaan."));
        assert!(!visits.body.contains("Muun yksikön asia"), "never another unit's");
        let noted = count(&backend, "select count(*) from use_log where action = 'export'").await;
        assert_eq!(noted, 4);
    }
}
