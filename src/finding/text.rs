//! Findings for a person: the source line, a caret below the place, and what to write.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Finding, Lang, Severity};
use crate::source::{Place, Position};

/// Longest source line, in characters, that is shown whole. A section's text is one line and
/// may have thousands: of a longer line the part around the place is shown.
const LINE_SHOWN: usize = 160;
/// Characters shown before the place where a line is cut.
const SHOWN_BEFORE: usize = 24;

/// The finding as lines of text, without a line break at the end; `colour` adds ANSI colours.
pub fn render(finding: &Finding, lang: Lang, colour: bool) -> String {
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
    let mut places = Vec::new();
    for snippet in snippets(own.chain(related).collect()) {
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
    for related in finding.related.iter().filter(|r| r.place.is_none()) {
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
    renderer.render(groups)
}

/// A part of a source that is shown, and the places in it.
struct Shown<'a> {
    name: &'a str,
    /// Where the first of the places is in the source.
    at: Position,
    text: &'a str,
    /// Whether the text is only a part of a line.
    is_cut: bool,
    /// Number of the first line shown, from 1.
    line: usize,
    /// The places, the one that the finding is about without a label.
    spans: Vec<(Range<usize>, Option<&'a str>)>,
}

impl Shown<'_> {
    /// Of a cut line: the place as it is drawn, counted from where the excerpt starts, and as it
    /// is in the file.
    fn shown_place(&self) -> Option<(String, String)> {
        let (name, line) = (self.name, self.line);
        let start = self.spans.first()?.0.start;
        let before = self.text.get(..start).filter(|_| self.is_cut)?;
        let shown = before.chars().count() + 1;
        let real = self.at.column;
        Some((
            format!("{name}:{line}:{shown}"),
            format!("{name}:{line}:{real}"),
        ))
    }
}

type Labelled<'a> = (&'a Place, Option<&'a str>);

/// The places of a finding, those in one file shown together.
fn snippets<'a>(places: Vec<Labelled<'a>>) -> Vec<Shown<'a>> {
    let mut shown: Vec<Shown<'a>> = Vec::new();
    let mut open: Vec<Labelled<'a>> = places;
    while let Some((first, _)) = open.first().copied() {
        let whole = |place: &Place| {
            let source = &place.source;
            let line = source.line_span(source.line_of(place.span.start));
            source.slice(&line).chars().count() <= LINE_SHOWN
        };
        if !whole(first) {
            let (place, label) = open.remove(0);
            shown.push(cut(place, label));
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
        name: source.name(),
        at: places[0].0.position(),
        is_cut: false,
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
    let text = source.slice(&line);
    let from = place.span.start - line.start;
    let to = place.span.end.min(line.end).max(place.span.start) - line.start;
    let before = text.get(..from).unwrap_or_default();
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
        .max(from);
    Shown {
        name: source.name(),
        at: place.position(),
        is_cut: true,
        text: text.get(start..end).unwrap_or_default(),
        line: index + 1,
        spans: vec![(from - start..to.min(end).max(from) - start, label)],
    }
}
