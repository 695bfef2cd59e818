//! The log extract of a client on paper (S19): a tagged document that says who used the data, who may be told,
//! and whom to ask.

use crate::helpers::{Browser, Reply, TestBackend, actor, both, client, settle};
use axum::http::Method;
use backend::clock::new_id;
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::codes::Language;
use domain::ids::ClientId;
use domain::lists::out::{Paper, PaperLook, PaperPart, Table};
use lopdf::{Dictionary, Document, Object};

/// A document that was written.
pub fn document(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("a document that can be read")
}

fn dictionary<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let found = of.get(key).unwrap_or_else(|_| panic!("no {}", String::from_utf8_lossy(key)));
    document.dereference(found).expect("an object").1.as_dict().expect("a dictionary")
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).expect("a text")
}

fn page(document: &Document, number: u32) -> String {
    document.extract_text(&[number]).expect("a page's text").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that it says, one space between two words.
pub fn whole(document: &Document) -> String {
    let pages: Vec<String> = document.get_pages().into_keys().map(|number| page(document, number)).collect();
    pages.join(" ")
}

/// The names of the tags, each after the ones that it stands in.
pub fn tags(document: &Document) -> Vec<String> {
    fn walk(document: &Document, object: &Object, path: &str, into: &mut Vec<String>) {
        let Ok((_, object)) = document.dereference(object) else { return };
        if let Ok(children) = object.as_array() {
            return children.iter().for_each(|child| walk(document, child, path, into));
        }
        let Ok(element) = object.as_dict() else { return };
        let mut path = path.to_owned();
        if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
            path = format!("{path}/{}", String::from_utf8_lossy(name));
            into.push(path.clone());
        }
        if let Ok(children) = element.get(b"K") {
            walk(document, children, &path, into);
        }
    }
    let catalog = document.catalog().expect("a catalogue");
    let mut tags = Vec::new();
    walk(
        document,
        &Object::Dictionary(dictionary(document, catalog, b"StructTreeRoot").clone()),
        "",
        &mut tags,
    );
    tags
}

/// How many tags end so.
pub fn count(tags: &[String], ending: &str) -> usize {
    tags.iter().filter(|tag| tag.ends_with(ending)).count()
}

async fn opened(backend: &TestBackend, path: &str, language: &str) -> Reply {
    Browser::of(backend, "LEAD").await.request(Method::GET, path, &[("accept-language", language)], "").await
}

/// The client has agreed on what is told to whom, and the coach has opened the page often.
async fn used_much(backend: &TestBackend, times: usize) -> ClientId {
    let (own, salme) = (actor(backend, "OWN").await, client(backend, "OPEN").await);
    let consent = ConsentFields {
        recipient: "Sámi siida Ŋuorgŋu, Čáhppesguoika, đŧž".into(),
        categories: "limits history".into(),
        purpose: "Työkokeilun järjestäminen yhdessä".into(),
        from_day: "2026-03-02".into(),
        to_day: "2026-12-31".into(),
    };
    backend.note_consent(&own, salme, new_id(), &consent).await.expect("a database").expect("a consent");
    let told = DisclosureFields {
        may_tell: "needs".into(),
        agreed_words: "Tarvitsee rauhallisen aloituksen.".into(),
        from_day: "2026-04-01".into(),
        ..DisclosureFields::default()
    };
    backend.note_disclosure(&own, salme, new_id(), &told).await.expect("a database").expect("agreed");
    for _ in 0..times {
        backend.client_page(&own, salme).await.expect("a page");
    }
    salme
}

#[tokio::test]
async fn a_client_gets_the_log_on_paper_that_a_screen_reader_reads() {
    for backend in both().await {
        settle(&backend).await;
        let salme = used_much(&backend, 60).await;
        let path = format!("/clients/{salme}/uses");
        let screen = Browser::of(&backend, "LEAD").await.open(&path).await;
        assert!(screen.body.contains(&format!("href=\"{path}.pdf\"")), "a way to it: {}", screen.body);
        let reply = opened(&backend, &format!("{path}.pdf"), "fi").await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/pdf"));
        assert!(reply.header("content-disposition").ends_with(".pdf\""));
        let csv = opened(&backend, &format!("{path}.csv"), "fi").await;
        let paper = document(&reply.bytes);

        let catalog = paper.catalog().expect("a catalogue");
        assert_eq!(text(catalog.get(b"Lang").expect("a language")), "fi");
        let marked = dictionary(&paper, catalog, b"MarkInfo").get(b"Marked").and_then(Object::as_bool);
        assert!(marked.expect("a mark"), "tagged");
        let shown = dictionary(&paper, catalog, b"ViewerPreferences").get(b"DisplayDocTitle");
        assert!(shown.and_then(Object::as_bool).expect("a wish"), "the title stands in the window");
        let title = text(dictionary(&paper, &paper.trailer, b"Info").get(b"Title").expect("a title"));
        assert_eq!(title, "Ote asiakkaalle: kuka on käsitellyt tietoja");
        let claims = reply.bytes.windows(16).any(|bytes| bytes == b"<pdfuaid:part>1<");
        assert!(claims, "it says that it is PDF/UA-1");

        let tags = tags(&paper);
        assert_eq!((count(&tags, "/H1"), count(&tags, "/H2"), count(&tags, "/Table")), (1, 3, 2), "{tags:?}");
        assert_eq!(count(&tags, "/Table/THead/TR"), 2, "header cells are read once: {tags:?}");
        assert_eq!(count(&tags, "/THead/TR/TH"), 4 + 5);
        // Two who may be told; and each use that the list has, but for the taking of the list itself.
        let rows = csv.body.lines().count() - 2;
        assert_eq!(count(&tags, "/TBody/TR"), 2 + rows);
        assert_eq!(
            (count(&tags, "/TBody/TR/TH"), count(&tags, "/TBody/TR/TD")),
            (2 + rows, 2 * 3 + rows * 4)
        );

        let said = whole(&paper);
        for words in [
            "Kenen tiedoista: Salme Salainen",
            "Pohjoinen, 18.11.2026", // The organisation of the tests has no name.
            "antoi Tiimin Vetäjä",
            "Sámi siida Ŋuorgŋu, Čáhppesguoika, đŧž",
            "Suostumuksesi. Tarkoitus: Työkokeilun järjestäminen yhdessä",
            "2.3.2026–31.12.2026",
            "Kaikille työnantajille",
            "Tarvitsee rauhallisen aloituksen.",
            "Oma Valmentaja",
            "työhönvalmentaja, Pohjoinen",
            "Keneltä voit kysyä",
        ] {
            let words = words.trim_start_matches("Pohjoinen, ");
            assert!(said.to_lowercase().contains(&words.to_lowercase()), "{words}: {said}");
        }
        assert_eq!(said.matches("Katsoi: asiakkaan sivu").count(), 60, "each use: {said}");
        let pages = u32::try_from(paper.get_pages().len()).expect("a number");
        assert!(pages > 2, "{pages} pages");
        for number in 1..=pages {
            assert!(page(&paper, number).contains(&format!("Sivu {number} / {pages}")), "{number}");
        }
        assert!((2..pages).all(|number| page(&paper, number).contains("Millä perusteella")), "header cells");

        for (language, title) in [
            ("sv", "Utdrag till klienten: vem har använt uppgifterna"),
            ("en", "Extract for the client: who has used the data"),
        ] {
            let reply = opened(&backend, &format!("{path}.pdf"), language).await;
            let paper = document(&reply.bytes);
            assert_eq!(text(paper.catalog().expect("one").get(b"Lang").expect("a language")), language);
            assert!(whole(&paper).contains(title), "{language}");
        }
    }
}

fn paper(rows: Vec<Vec<String>>) -> Paper {
    let columns = vec!["Milloin".into(), "Mitä".into()];
    Paper {
        language: Language::Finnish,
        title: "Ote".into(),
        foot: "Etelä-Savo".into(),
        page_of: "Sivu {} / {}",
        look: PaperLook::Plain,
        parts: vec![
            PaperPart::Heading("Käytöt".into()),
            PaperPart::Table(Table { title: "Käytöt".into(), columns, rows }, vec![1, 2]),
            PaperPart::Text("Loppu.".into()),
        ],
    }
}

#[test]
fn whatever_somebody_has_written_can_be_put_on_paper() {
    let rows = [
        "",
        "😀 ja \u{0} ja \u{feff}\u{fffe} ja \t\r\n",
        "a\u{308}iti \u{202e}oikealta\u{ad}vasemmalle",
        "עברית 漢字 ελληνικά русский",
        "(/Lang) <</S/H1>> \\) endobj",
    ];
    let rows = rows.iter().map(|text| vec!["1.1.2026".to_owned(), (*text).to_owned()]).collect();
    let written = document(&server::pdf::write(&paper(rows)).expect("a document"));
    let tags = tags(&written);
    assert_eq!(
        (count(&tags, "/TBody/TR"), count(&tags, "/TBody/TR/TD")),
        (5, 5),
        "no cell is lost: {tags:?}"
    );
    let said = whole(&written);
    assert!(said.contains("? ja ? ja") && said.contains("(/Lang) <</S/H1>> \\) endobj"), "{said}");
}

#[test]
fn a_row_that_is_longer_than_a_page_goes_on_and_stays_one_row() {
    let words: Vec<String> = (0..3000).map(|at| format!("sana{at}")).collect();
    let long = vec!["1.1.2026".to_owned(), words.join(" ")];
    let unbroken = vec!["2.1.2026".to_owned(), "x".repeat(9000)];
    let written = document(&server::pdf::write(&paper(vec![long, unbroken])).expect("a document"));
    assert!(written.get_pages().len() > 4);
    let (said, tags) = (whole(&written), tags(&written));
    assert!(words.iter().all(|word| said.contains(word.as_str())), "no word is lost");
    assert_eq!(said.matches('x').count(), 9000);
    assert_eq!(count(&tags, "/TBody/TR"), 2);
    assert!(
        said.ends_with(&format!("Loppu. Etelä-Savo Sivu {0} / {0}", written.get_pages().len())),
        "{said}"
    );
}
