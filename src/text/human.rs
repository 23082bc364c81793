//! Findings for a person: the source line, a caret below the place, and what to write.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Finding, Lang, Place, Severity, SheetCell, Source, is_obeyed};

/// Longest source line, in characters, that is shown whole. A section's text is one line and
/// may have thousands: of a longer line the part around the place is shown.
const LINE_SHOWN: usize = 160;
/// Characters shown before the place where a line is cut.
const SHOWN_BEFORE: usize = 24;

impl Finding {
    /// The finding as lines of text, without a line break at the end; `colour` adds ANSI colours.
    pub fn human(&self, lang: Lang, colour: bool) -> String {
        render(self, lang, colour)
    }
}

fn render(finding: &Finding, lang: Lang, colour: bool) -> String {
    let level = match (finding.severity, lang) {
        (Severity::Error, Lang::Zh) => Level::ERROR.with_name("错误"),
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Warning, Lang::Zh) => Level::WARNING.with_name("警告"),
        (Severity::Warning, Lang::En) => Level::WARNING,
    };
    let remedy_level = match lang {
        Lang::Zh => Level::HELP.with_name("改法"),
        Lang::En => Level::HELP,
    };

    let mut group = level
        .primary_title(finding.message.get(lang))
        .id(finding.code.as_str())
        .elements(Vec::<annotate_snippets::Element<'_>>::new());
    let own = finding.place.iter().map(|place| (place, None));
    let related = finding
        .related
        .iter()
        .filter_map(|r| Some((r.place.as_ref()?, Some(r.message.get(lang)))));
    let shown = own.chain(related).filter(|(p, _)| !is_whole_workbook(p));
    let mut places = Vec::new();
    let whole = finding.place.as_ref().filter(|p| is_whole_workbook(p));
    if let Some(place) = whole {
        group = group.element(Origin::path(name(&place.source)));
    }
    for snippet in snippets(shown.collect()) {
        places.extend(snippet.shown_place());
        let mut drawn = Snippet::source(snippet.text)
            .line_start(snippet.line)
            .path(snippet.name);
        for (span, label) in snippet.spans {
            let kind = if label.is_none() {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            drawn = drawn.annotation(kind.span(span).label(label));
        }
        group = group.element(drawn);
    }
    let nowhere = |place: Option<&Place>| place.is_none_or(is_whole_workbook);
    let elsewhere = finding.related.iter();
    for related in elsewhere.filter(|r| nowhere(r.place.as_ref())) {
        let note = match lang {
            Lang::Zh => Level::NOTE.with_name("另见"),
            Lang::En => Level::NOTE,
        };
        group = group.element(note.message(related.message.get(lang)));
    }
    if let Some(remedy) = &finding.remedy {
        group = group.element(remedy_level.message(remedy.get(lang)));
    }
    let mut drawn = draw(&[group], colour);
    for (shown, real) in places {
        drawn = drawn.replacen(&shown, &real, 1);
    }
    drawn
}

fn draw(groups: &[Group<'_>], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // annotate-snippets draws pictures of the controls of ASCII only.
    let drawn = renderer.render(groups);
    if drawn.is_ascii() {
        return drawn;
    }
    let obeyed = |c: char| !c.is_ascii() && is_obeyed(c);
    drawn.replace(obeyed, REPLACEMENT)
}

/// Stands for a character that a terminal would obey.
const REPLACEMENT: &str = "\u{FFFD}";

/// The name of a place's file: anybody may have given it, controls and all.
fn name(source: &Source) -> Cow<'_, str> {
    if source.name().contains(is_obeyed) {
        Cow::Owned(source.name().replace(is_obeyed, REPLACEMENT))
    } else {
        Cow::Borrowed(source.name())
    }
}

/// Whether a place is a workbook as a whole: there is no line to show.
fn is_whole_workbook(place: &Place) -> bool {
    place.source.is_workbook() && place.cell().is_none()
}

/// A part of a source that is shown, and the places in it.
struct Shown<'a> {
    name: Cow<'a, str>,
    /// What the arrow says in place of the excerpt's own line and column.
    real: Option<String>,
    text: &'a str,
    /// Number of the first line shown, from 1.
    line: usize,
    /// The places, the one that the finding is about without a label.
    spans: Vec<(Range<usize>, Option<&'a str>)>,
}

impl Shown<'_> {
    /// The place as it is drawn, counted from where the excerpt starts, and what to say instead.
    fn shown_place(&self) -> Option<(String, String)> {
        let real = self.real.clone()?;
        let start = self.spans.first()?.0.start;
        let shown = self.text.get(..start)?.chars().count() + 1;
        Some((format!("{}:{}:{shown}", self.name, self.line), real))
    }
}

type Labelled<'a> = (&'a Place, Option<&'a str>);

/// The places of a finding, those in one file shown together.
fn snippets<'a>(places: Vec<Labelled<'a>>) -> Vec<Shown<'a>> {
    let mut shown: Vec<Shown<'a>> = Vec::new();
    let mut open: Vec<Labelled<'a>> = places;
    while let Some((first, _)) = open.first().copied() {
        let whole = |place: &Place| {
            if place.source.is_workbook() {
                return false;
            }
            let source = &place.source;
            let line = source.line_span(source.line_of(place.span.start));
            source.slice(&line).chars().count() <= LINE_SHOWN
        };
        if !whole(first) {
            let (place, label) = open.remove(0);
            shown.push(match place.cell() {
                Some(cell) => content(place, cell, label),
                None => cut(place, label),
            });
            continue;
        }
        let (together, rest): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|(place, _)| place.source == first.source && whole(place));
        open = rest;
        shown.push(lines(&together));
    }
    shown
}

/// Places on short lines of one source: the lines from the first to the last; annotate-snippets
/// folds those in between.
fn lines<'a>(places: &[Labelled<'a>]) -> Shown<'a> {
    let source = &places[0].0.source;
    let starts = places
        .iter()
        .map(|(place, _)| source.line_of(place.span.start));
    let first = starts.clone().min().unwrap_or_default();
    let last = starts.max().unwrap_or_default();
    let span = source.line_span(first).start..source.line_span(last).end;
    let spans = places.iter().map(|(place, label)| {
        let line = source.line_span(source.line_of(place.span.start));
        let end = place.span.end.min(line.end).max(place.span.start);
        (place.span.start - span.start..end - span.start, *label)
    });
    Shown {
        name: name(source),
        real: None,
        text: source.slice(&span),
        line: first + 1,
        spans: spans.collect(),
    }
}

/// A place on a long line: the part of the line around it.
fn cut<'a>(place: &'a Place, label: Option<&'a str>) -> Shown<'a> {
    let source = &place.source;
    let index = source.line_of(place.span.start);
    let line = source.line_span(index);
    let from = place.span.start - line.start;
    let to = place.span.end.min(line.end).max(place.span.start) - line.start;
    let (text, span) = around(source.slice(&line), from..to);
    let at = place.position();
    Shown {
        name: name(source),
        real: Some(format!("{}:{}:{}", name(source), at.line, at.column)),
        text,
        line: index + 1,
        spans: vec![(span, label)],
    }
}

/// A place in a cell of a workbook: what the cell shows, its row in the margin.
fn content<'a>(place: &'a Place, cell: &'a SheetCell, label: Option<&'a str>) -> Shown<'a> {
    let source = &place.source;
    let (text, span) = match &cell.shown {
        Some(shown) => (shown.as_str(), 0..shown.len()),
        None => {
            let inner = &cell.inner;
            let start = place.span.start.clamp(inner.start, inner.end);
            let end = place.span.end.clamp(start, inner.end);
            let span = start - inner.start..end - inner.start;
            (source.slice(inner), span)
        }
    };
    let sheet = cell.sheet.replace(is_obeyed, REPLACEMENT);
    // A cell may have several lines: that of the place is shown.
    let start = text
        .get(..span.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default();
    let line = line.split(['\n', '\r']).next().unwrap_or_default();
    let from = (span.start - start).min(line.len());
    let to = span.end.saturating_sub(start).clamp(from, line.len());
    let (text, span) = if line.chars().count() > LINE_SHOWN {
        around(line, from..to)
    } else {
        (line, from..to)
    };
    Shown {
        name: name(source),
        real: Some(format!("{} {}!{}", name(source), sheet, cell.name())),
        text,
        line: cell.row as usize + 1,
        spans: vec![(span, label)],
    }
}

/// The part of a long line around a place in it, and the place in that part.
fn around(text: &str, place: Range<usize>) -> (&str, Range<usize>) {
    let before = text.get(..place.start).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .nth(SHOWN_BEFORE - 1)
        .map_or(0, |(at, _)| at);
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .chain(std::iter::once(text.len()))
        .skip_while(|&at| at < start)
        .nth(LINE_SHOWN / 2)
        .unwrap_or(text.len())
        .max(place.start);
    let span = place.start - start..place.end.min(end).max(place.start) - start;
    (text.get(start..end).unwrap_or_default(), span)
}
