package dev.elman.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What the colours of a chart mean, in one row below it, where it hides nothing. */
final class Legend {
  static final int HEIGHT = 40;

  private static final int SAMPLE = 26; // width
  private static final int GAP = 8; // between a sample and its name
  private static final int SPACE = 28; // between entries
  private static final int DOT = 7;

  private final Font font;
  private final Color text;
  private final List<Entry> entries = new ArrayList<>();

  Legend(Font font, Color text) {
    this.font = font;
    this.text = text;
  }

  /** What a sample looks like. */
  enum Sample {
    LINE,
    DOTS,
    BAND
  }

  private record Entry(String name, Color color, BasicStroke stroke, Sample sample) {}

  void add(String name, Color color, BasicStroke stroke, Sample sample) {
    entries.add(new Entry(name, color, stroke, sample));
  }

  /** Draws it in the middle of a row that begins at {@code top}. */
  void paint(Graphics2D graphics, int width, int top) {
    double all = -SPACE;
    for (Entry entry : entries) {
      all += SAMPLE + GAP + length(graphics, entry) + SPACE;
    }
    double x = (width - all) / 2;
    double middle = top + HEIGHT / 2.0 - 6;
    for (Entry entry : entries) {
      sample(graphics, entry, x, middle);
      x += SAMPLE + GAP;
      graphics.setColor(text);
      graphics.setFont(font);
      graphics.drawString(entry.name, (float) x, (float) middle + font.getSize2D() * 0.36f);
      x += length(graphics, entry) + SPACE;
    }
  }

  private double length(Graphics2D graphics, Entry entry) {
    return font.getStringBounds(entry.name, graphics.getFontRenderContext()).getWidth();
  }

  private static void sample(Graphics2D graphics, Entry entry, double x, double middle) {
    graphics.setColor(entry.color);
    if (entry.sample == Sample.BAND) {
      graphics.fill(new Rectangle2D.Double(x, middle - 7, SAMPLE, 14));
      return;
    }
    graphics.setStroke(entry.stroke);
    graphics.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
    if (entry.sample == Sample.DOTS) {
      double left = x + SAMPLE / 2.0 - DOT / 2.0;
      graphics.fill(new Ellipse2D.Double(left, middle - DOT / 2.0, DOT, DOT));
    }
  }
}
