//! Findings for a person: the source line, a caret below the place, and what to write.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Finding, Lang, Severity};
use crate::source::Place;

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
    let windows: Vec<Window<'_>> = finding
        .place
        .iter()
        .chain(finding.related.iter().filter_map(|r| r.place.as_ref()))
        .map(Window::around)
        .collect();
    let labels = std::iter::once(None).chain(
        finding
            .related
            .iter()
            .filter(|r| r.place.is_some())
            .map(|r| Some(r.message.get(lang))),
    );
    // Without a place of its own the first window would be a related one.
    let labels: Vec<_> = labels.skip(usize::from(finding.place.is_none())).collect();
    for (index, (window, label)) in windows.iter().zip(&labels).enumerate() {
        let kind = if index == 0 && finding.place.is_some() {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let mut annotation = kind.span(window.span.clone());
        if let Some(label) = label {
            annotation = annotation.label(*label);
        }
        group = group.element(
            Snippet::source(window.text)
                .line_start(window.line)
                .path(window.name)
                .annotation(annotation),
        );
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
    draw(&[group], colour)
}

fn draw(groups: &[Group<'_>], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(groups)
}

/// The part of one source line that is shown, and the place in it.
struct Window<'a> {
    name: &'a str,
    text: &'a str,
    /// Number of the line, from 1.
    line: usize,
    span: std::ops::Range<usize>,
}

impl<'a> Window<'a> {
    fn around(place: &'a Place) -> Self {
        let source = &place.source;
        let index = source.line_of(place.span.start);
        let line = source.line_span(index);
        let text = source.slice(&line);
        let from = place.span.start - line.start;
        let to = (place.span.end.min(line.end)).max(place.span.start) - line.start;
        let (start, end) = if text.chars().count() <= LINE_SHOWN {
            (0, text.len())
        } else {
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
                .unwrap_or(text.len());
            (start, end.max(from))
        };
        Self {
            name: source.name(),
            text: text.get(start..end).unwrap_or_default(),
            line: index + 1,
            span: from - start..to.min(end).max(from) - start,
        }
    }
}
