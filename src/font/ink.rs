//! Where the ink of a glyph is in its square.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The left and right edge of a glyph's ink in font units, its curves' control points included; none
/// for a blank glyph.
pub(super) fn extent(font: &FontRef<'_>, gid: GlyphId) -> Option<(f32, f32)> {
    let outline = font.outline_glyphs().get(gid)?;
    let mut pen = Extent(None);
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outline.draw(settings, &mut pen).ok()?;
    pen.0
}

struct Extent(Option<(f32, f32)>);

impl Extent {
    fn at(&mut self, x: f32) {
        let (left, right) = self.0.unwrap_or((x, x));
        self.0 = Some((left.min(x), right.max(x)));
    }
}

impl OutlinePen for Extent {
    fn move_to(&mut self, x: f32, _y: f32) {
        self.at(x);
    }

    fn line_to(&mut self, x: f32, _y: f32) {
        self.at(x);
    }

    fn quad_to(&mut self, cx0: f32, _cy0: f32, x: f32, _y: f32) {
        self.at(cx0);
        self.at(x);
    }

    fn curve_to(&mut self, cx0: f32, _cy0: f32, cx1: f32, _cy1: f32, x: f32, _y: f32) {
        self.at(cx0);
        self.at(cx1);
        self.at(x);
    }

    fn close(&mut self) {}
}
