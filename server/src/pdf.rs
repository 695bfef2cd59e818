//! A document on paper as a tagged PDF (PDF/UA-1, which `krilla` checks while writing): title and language,
//! headings, a table's header cells, page numbers; the signs are text. Nothing of it is read from outside, and
//! every text goes in as text (S26).

use backend::Error;
use domain::codes::Code;
use domain::lists::out::{Paper, PaperLook, PaperPart, Table};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use std::num::NonZeroU16;

/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
/// White around the page.
const MARGIN: f32 = 48.0;
/// Where the text of a page ends; its foot stands below.
const BOTTOM: f32 = PAGE.1 - 64.0;
/// The line of the foot.
const FOOT: f32 = PAGE.1 - 36.0;
/// How wide the text is.
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// White between two columns.
const GAP: f32 = 8.0;

static REGULAR: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/LiberationSans-Bold.ttf");

/// A weight of the font, with what is needed to set lines.
struct Face {
    font: Font,
    signs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        let read = FontRef::new(bytes).ok()?;
        Some(Self {
            em: font.units_per_em(),
            font,
            signs: read.charmap(),
            metrics: read.glyph_metrics(Size::unscaled(), LocationRef::default()),
        })
    }

    /// The glyph of a sign and how far it goes, as a share of the font's size.
    fn glyph(&self, sign: char) -> Option<(u32, f32)> {
        let glyph = self.signs.map(sign).filter(|glyph| glyph.to_u32() != 0)?;
        Some((glyph.to_u32(), self.metrics.advance_width(glyph)? / self.em))
    }

    fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|sign| self.glyph(sign)).map(|(_, width)| width).sum()
    }

    fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, sign): (usize, char)| {
            let (glyph, width) = self.glyph(sign)?;
            let range = at..at + sign.len_utf8();
            Some(KrillaGlyph::new(GlyphId::new(glyph), width, 0.0, 0.0, 0.0, range, None))
        };
        text.char_indices().filter_map(glyph).collect()
    }

    /// The text in lines of at most `width` times the font's size, each but the last ending with its space. A
    /// sign that the font has not becomes a question mark; no text is a dash, so that no cell is empty.
    fn lines(&self, text: &str, width: f32) -> Vec<String> {
        let has = |sign: char| if self.glyph(sign).is_some() { sign } else { '?' };
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            let word: String = word.chars().map(has).collect();
            if !line.is_empty() && self.width(&line) + self.width(&word) > width {
                lines.push(std::mem::take(&mut line));
            }
            for sign in word.chars() {
                if !line.is_empty() && self.width(&line) + self.width(&sign.to_string()) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(sign);
            }
            line.push(' ');
        }
        line.truncate(line.trim_end().len());
        if line.is_empty() && lines.is_empty() {
            line.push('–');
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Title,
    Heading,
    /// A paragraph, or what of it came over from the page before.
    Text {
        begins: bool,
    },
    /// A table's header cells; on the pages after its first they are for the eye only.
    Head {
        first: bool,
    },
    /// A row, or what of it came over from the page before.
    Row {
        begins: bool,
    },
}

/// How big everything is: for each kind the size of the letters, from line to line, and white below.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    title: (f32, f32, f32),
    heading: (f32, f32, f32),
    text: (f32, f32, f32),
    row: (f32, f32, f32),
    /// White above a heading.
    above: f32,
    /// What stands below a heading at least on the same page.
    kept: f32,
    /// The letters of the foot.
    foot: f32,
}

impl Sizes {
    /// The sizes to try for a look, the best one first.
    fn of(look: PaperLook) -> Vec<Self> {
        match look {
            PaperLook::Plain => vec![Self {
                title: (17.0, 22.0, 8.0),
                heading: (12.5, 16.0, 4.0),
                text: (10.0, 14.0, 6.0),
                row: (9.0, 12.0, 6.0),
                above: 8.0,
                kept: 72.0,
                foot: 9.0,
            }],
            PaperLook::Large => vec![Self {
                title: (22.0, 28.0, 8.0),
                heading: (16.0, 21.0, 5.0),
                text: (12.5, 18.0, 7.0),
                row: (12.0, 16.0, 8.0),
                above: 10.0,
                kept: 84.0,
                foot: 12.0,
            }],
            PaperLook::OnePage => [1.0, 0.95, 0.9, 0.85, 0.8].into_iter().map(Self::close).collect(),
        }
    }

    /// Close together, and by a factor smaller.
    fn close(by: f32) -> Self {
        let times = |(size, step, below): (f32, f32, f32)| (size * by, step * by, below * by);
        Self {
            title: times((15.0, 18.0, 4.0)),
            heading: times((11.0, 13.5, 1.5)),
            text: times((10.0, 12.4, 3.0)),
            row: times((9.4, 11.6, 5.0)),
            above: 5.0 * by,
            kept: 28.0 * by,
            foot: 9.0,
        }
    }

    fn measures(&self, kind: Kind) -> (f32, f32, f32) {
        match kind {
            Kind::Title => self.title,
            Kind::Heading => self.heading,
            Kind::Text { .. } => self.text,
            Kind::Head { .. } | Kind::Row { .. } => self.row,
        }
    }

    fn height(&self, kind: Kind, cells: &[(f32, Vec<String>)]) -> f32 {
        let (_, step, below) = self.measures(kind);
        cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0) as f32 * step + below
    }
}

impl Kind {
    fn bold(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Head { .. })
    }

    fn goes_on(self) -> Self {
        match self {
            Self::Row { .. } => Self::Row { begins: false },
            _ => Self::Text { begins: false },
        }
    }
}

/// Lines beside one another, each with where it begins from the left.
type Cells = Vec<(f32, Vec<String>)>;

/// Something on a page.
struct Block {
    kind: Kind,
    top: f32,
    cells: Cells,
}

/// Puts the parts on pages.
struct Layout<'a> {
    regular: &'a Face,
    bold: &'a Face,
    sizes: Sizes,
    pages: Vec<Vec<Block>>,
    y: f32,
    /// The header cells of the table in hand.
    head: Option<Cells>,
}

impl Layout<'_> {
    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
        if let Some(head) = self.head.clone() {
            self.put(Kind::Head { first: false }, head);
        }
    }

    fn put(&mut self, kind: Kind, cells: Cells) {
        let height = self.sizes.height(kind, &cells);
        if self.pages.is_empty() {
            self.pages.push(Vec::new());
        }
        if let Some(page) = self.pages.last_mut() {
            page.push(Block { kind, top: self.y, cells });
        }
        self.y += height;
    }

    /// Puts it where there is room: on the next page if it fits there better, else over several.
    fn place(&mut self, mut kind: Kind, mut cells: Cells) {
        let (_, step, below) = self.sizes.measures(kind);
        let whole = self.sizes.height(kind, &cells);
        if self.y + whole > BOTTOM && whole < (BOTTOM - MARGIN) / 2.0 {
            self.turn();
        }
        loop {
            let room = ((BOTTOM - self.y - below) / step).max(0.0) as usize;
            if cells.iter().all(|(_, lines)| lines.len() <= room) {
                return self.put(kind, cells);
            }
            if room > 0 {
                let rest = cells.iter_mut().map(|(x, lines)| (*x, lines.split_off(room.min(lines.len()))));
                let rest = rest.collect();
                self.put(kind, std::mem::replace(&mut cells, rest));
                kind = kind.goes_on();
            }
            self.turn();
        }
    }

    fn text(&mut self, kind: Kind, text: &str) {
        let face = if kind.bold() { self.bold } else { self.regular };
        let cells = vec![(0.0, face.lines(text, WIDTH / self.sizes.measures(kind).0))];
        if kind == Kind::Heading {
            self.y += self.sizes.above;
            if self.y + self.sizes.height(kind, &cells) + self.sizes.kept > BOTTOM {
                self.turn();
            }
        }
        self.place(kind, cells);
    }

    fn table(&mut self, table: &Table, widths: &[u16]) {
        let all: u16 = widths.iter().sum();
        let (mut columns, mut x) = (Vec::new(), 0.0);
        for width in widths {
            let width = WIDTH * f32::from(*width) / f32::from(all.max(1));
            columns.push((x, width - GAP));
            x += width;
        }
        let sizes = self.sizes;
        let cells = |face: &Face, kind: Kind, texts: &[String]| -> Cells {
            let size = sizes.measures(kind).0;
            let cell = |((x, width), text): (&(f32, f32), &String)| (*x, face.lines(text, width / size));
            columns.iter().zip(texts).map(cell).collect()
        };
        let first = Kind::Head { first: true };
        let head = cells(self.bold, first, &table.columns);
        if self.y + self.sizes.height(first, &head) + self.sizes.kept > BOTTOM {
            self.turn();
        }
        self.put(first, head.clone());
        self.head = Some(head);
        for row in &table.rows {
            let kind = Kind::Row { begins: true };
            self.place(kind, cells(self.regular, kind, row));
        }
        self.head = None;
        self.y += self.sizes.above;
    }
}

/// Draws the pages and grows the tree of what stands on them, in the order in which it is read.
struct Drawing<'a> {
    regular: &'a Face,
    bold: &'a Face,
    sizes: Sizes,
    tree: Vec<Node>,
    /// The rows of the table in hand, its header cells first.
    table: Vec<TagGroup>,
    outline: Outline,
}

impl Drawing<'_> {
    fn line(&self, surface: &mut Surface, bold: bool, size: f32, at: (f32, f32), text: &str) {
        let face = if bold { self.bold } else { self.regular };
        let (start, glyphs) = (Point::from_xy(at.0, at.1), face.glyphs(text));
        surface.draw_glyphs(start, &glyphs, face.font.clone(), text, size, false);
    }

    /// The lines of each cell, marked as text of the document or as something for the eye only.
    fn cells(&self, surface: &mut Surface, block: &Block) -> Vec<Option<Identifier>> {
        let (size, step, _) = self.sizes.measures(block.kind);
        let artifact = block.kind == Kind::Head { first: false };
        let cell = |(x, lines): &(f32, Vec<String>)| {
            if lines.is_empty() {
                return None;
            }
            let tag = if artifact {
                ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
            } else {
                ContentTag::Span(SpanTag::empty())
            };
            let id = surface.start_tagged(tag);
            let mut y = block.top + size;
            for line in lines {
                self.line(surface, block.kind.bold(), size, (MARGIN + x, y), line);
                y += step;
            }
            surface.end_tagged();
            Some(id)
        };
        block.cells.iter().map(cell).collect()
    }

    fn rule(surface: &mut Surface, y: f32, width: f32) {
        let mut path = PathBuilder::new();
        path.move_to(MARGIN, y);
        path.line_to(MARGIN + WIDTH, y);
        let Some(path) = path.finish() else { return };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_stroke(Some(Stroke { width, ..Stroke::default() }));
        surface.draw_path(&path);
        surface.set_stroke(None);
        surface.end_tagged();
    }

    fn block(&mut self, surface: &mut Surface, page: usize, block: &Block) {
        let ids = self.cells(surface, block);
        match block.kind {
            Kind::Title => self.heading(NonZeroU16::MIN, page, block, &ids),
            Kind::Heading => self.heading(NonZeroU16::MIN.saturating_add(1), page, block, &ids),
            Kind::Text { begins: true } => {
                self.end_table();
                self.tree.push(group(Tag::P.into(), &ids).into());
            }
            Kind::Text { begins: false } => {
                if let Some(Node::Group(paragraph)) = self.tree.last_mut() {
                    ids.into_iter().flatten().for_each(|id| paragraph.push(id));
                }
            }
            Kind::Head { first: true } => {
                self.end_table();
                let cell = |id| group(Tag::TH(TableHeaderScope::Column).into(), &[id]).into();
                self.table.push(TagGroup::with_children(Tag::TR, ids.into_iter().map(cell).collect()));
            }
            Kind::Head { first: false } => {}
            Kind::Row { begins: true } => {
                let cell = |(at, id)| match at {
                    0 => group(Tag::TH(TableHeaderScope::Row).into(), &[id]).into(),
                    _ => group(Tag::TD.into(), &[id]).into(),
                };
                let cells = ids.into_iter().enumerate().map(cell).collect();
                self.table.push(TagGroup::with_children(Tag::TR, cells));
            }
            Kind::Row { begins: false } => {
                let cells = self.table.last_mut().into_iter().flat_map(|row| &mut row.children);
                for (cell, id) in cells.zip(ids) {
                    if let (Node::Group(cell), Some(id)) = (cell, id) {
                        cell.push(id);
                    }
                }
            }
        }
        if matches!(block.kind, Kind::Head { .. } | Kind::Row { .. }) {
            let (below, width) = if block.kind.bold() { (3.0, 1.0) } else { (3.0, 0.4) };
            Self::rule(surface, block.top + self.sizes.height(block.kind, &block.cells) - below, width);
        }
    }

    fn heading(&mut self, level: NonZeroU16, page: usize, block: &Block, ids: &[Option<Identifier>]) {
        self.end_table();
        let title: String =
            block.cells.iter().flat_map(|(_, lines)| lines.iter().map(String::as_str)).collect();
        self.tree.push(group(Tag::Hn(level, Some(title.clone())).into(), ids).into());
        let at = XyzDestination::new(page, Point::from_xy(MARGIN, block.top));
        self.outline.push_child(OutlineNode::new(title, at));
    }

    fn end_table(&mut self) {
        if self.table.is_empty() {
            return;
        }
        let rows = self.table.split_off(1);
        let head = std::mem::take(&mut self.table).into_iter().map(Node::from).collect();
        let mut table = TagGroup::new(Tag::Table);
        table.push(TagGroup::with_children(Tag::THead, head));
        if !rows.is_empty() {
            table.push(TagGroup::with_children(Tag::TBody, rows.into_iter().map(Node::from).collect()));
        }
        self.tree.push(table.into());
    }

    /// For the eye only: what the document is, and the page of all.
    fn foot(&self, surface: &mut Surface, foot: &str, page: &str) {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        let size = self.sizes.foot;
        let right = MARGIN + WIDTH - self.regular.width(page) * size;
        // One line: the organisation's name ends where the number begins.
        let lines = self.regular.lines(foot, (right - MARGIN - GAP) / size);
        self.line(surface, false, size, (MARGIN, FOOT), lines.first().map_or("", String::as_str));
        self.line(surface, false, size, (right, FOOT), page);
        surface.end_tagged();
    }
}

fn group(tag: krilla::tagging::TagKind, ids: &[Option<Identifier>]) -> TagGroup {
    TagGroup::with_children(tag, ids.iter().copied().flatten().map(Node::from).collect())
}

/// The pages in the first of the look's sizes in which there is one page, else in the first size.
fn laid_out(paper: &Paper, regular: &Face, bold: &Face) -> Option<(Sizes, Vec<Vec<Block>>)> {
    let mut tries: Vec<(Sizes, Vec<Vec<Block>>)> = Vec::new();
    for sizes in Sizes::of(paper.look) {
        let mut layout = Layout { regular, bold, sizes, pages: Vec::new(), y: MARGIN, head: None };
        layout.text(Kind::Title, &paper.title);
        for part in &paper.parts {
            match part {
                PaperPart::Heading(text) => layout.text(Kind::Heading, text),
                PaperPart::Text(text) => layout.text(Kind::Text { begins: true }, text),
                PaperPart::Table(table, widths) => layout.table(table, widths),
            }
        }
        if layout.pages.len() == 1 {
            return Some((sizes, layout.pages));
        }
        tries.push((sizes, layout.pages));
    }
    tries.into_iter().next()
}

/// The document as a file.
///
/// # Errors
/// When it cannot be written as PDF/UA-1: a fault of our own.
pub fn write(paper: &Paper) -> Result<Vec<u8>, Error> {
    let face = |bytes| Face::of(bytes).ok_or_else(|| Error::internal("the font cannot be read"));
    let (regular, bold) = (face(REGULAR)?, face(BOLD)?);
    let (sizes, pages) = laid_out(paper, &regular, &bold).ok_or_else(|| Error::internal("no sizes"))?;

    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| Error::internal(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut drawing = Drawing {
        regular: &regular,
        bold: &bold,
        sizes,
        tree: Vec::new(),
        table: Vec::new(),
        outline: Outline::new(),
    };
    let count = pages.len();
    for (at, blocks) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| Error::internal("no page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for block in blocks {
            drawing.block(&mut surface, at, block);
        }
        let number =
            paper.page_of.replacen("{}", &(at + 1).to_string(), 1).replacen("{}", &count.to_string(), 1);
        drawing.foot(&mut surface, &paper.foot, &number);
        surface.finish();
        page.finish();
    }
    drawing.end_table();
    let language = paper.language.code().to_owned();
    let metadata =
        Metadata::new().title(paper.title.clone()).language(language.clone()).creator("Rinnalla".to_owned());
    document.set_metadata(metadata);
    document.set_outline(drawing.outline);
    document.set_tag_tree(TagTree::from(drawing.tree).with_lang(Some(language)));
    document.finish().map_err(|error| Error::internal(format!("{error:?}")))
}
