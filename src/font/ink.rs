//! Where the ink of a glyph is.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Steps in which a curve is followed: within 2/1000 em. The box of its control points, which fonts give for their
/// glyphs, may be 50/1000 em larger.
const STEPS: u8 = 8;

/// The box around a glyph's ink in font units: left, bottom, right, top. None for a blank glyph.
pub(super) fn bounds(font: &FontRef<'_>, gid: GlyphId) -> Option<[f32; 4]> {
    let outline = font.outline_glyphs().get(gid)?;
    let mut pen = Pen::default();
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outline.draw(settings, &mut pen).ok()?;
    pen.bounds
}

#[derive(Default)]
struct Pen {
    at: (f32, f32),
    bounds: Option<[f32; 4]>,
}

impl Pen {
    /// Follows a curve by the weights that its points have at each step.
    fn follow<const N: usize>(
        &mut self,
        points: [(f32, f32); N],
        weights: impl Fn(f32) -> [f32; N],
    ) {
        for step in 1..=STEPS {
            let weights = weights(f32::from(step) / f32::from(STEPS));
            let weighted = || points.iter().zip(weights);
            let x = weighted().map(|((x, _), weight)| x * weight).sum();
            let y = weighted().map(|((_, y), weight)| y * weight).sum();
            self.move_to(x, y);
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let [left, bottom, right, top] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
        self.at = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.move_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.follow([self.at, (cx0, cy0), (x, y)], |t| {
            let u = 1.0 - t;
            [u * u, 2.0 * t * u, t * t]
        });
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.follow([self.at, (cx0, cy0), (cx1, cy1), (x, y)], |t| {
            let u = 1.0 - t;
            [u * u * u, 3.0 * t * u * u, 3.0 * t * t * u, t * t * t]
        });
    }

    fn close(&mut self) {}
}
