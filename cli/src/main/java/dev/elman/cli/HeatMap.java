package dev.elman.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * A matrix in colours: blue below the middle of the scale, red above it, white at it.
 *
 * @param title what it shows
 * @param columns what the columns are called
 * @param rows what the rows are called, from the top
 * @param values {@code [rows][columns]}
 * @param scale which numbers are which colours
 */
record HeatMap(String title, List<String> columns, List<String> rows, float[][] values, Scale scale)
    implements Drawing {
  private static final Color TEXT = new Color(0x333333);
  private static final int LOW = 0x1F5FA8;
  private static final int MIDDLE = 0xF8F8F6;
  private static final int HIGH = 0xB5202E;
  private static final int LEFT = 100;
  private static final int RIGHT = 110;
  private static final int TOP = 40;
  private static final int BOTTOM = 34;

  /**
   * Which numbers are which colours.
   *
   * @param low the strongest blue
   * @param middle white
   * @param high the strongest red
   */
  record Scale(double low, double middle, double high) {
    /** Of gates: white at a half. */
    static final Scale GATES = new Scale(0, 0.5, 1);

    /** Of shares: white at none. */
    static final Scale SHARES = new Scale(0, 0, 1);

    /** As far below zero as above, to the number of the largest size. */
    static Scale around(float[][] values) {
      double largest = 0;
      for (float[] row : values) {
        for (float value : row) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
      double bound = largest == 0 ? 1 : largest;
      return new Scale(-bound, 0, bound);
    }

    Color color(double value) {
      double reach = value < middle ? middle - low : high - middle;
      double share = Math.min(1, Math.abs(value - middle) / reach);
      int end = value < middle ? LOW : HIGH;
      int rgb = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int from = MIDDLE >> shift & 0xFF;
        int to = end >> shift & 0xFF;
        rgb |= (int) Math.round(from + share * (to - from)) << shift;
      }
      return new Color(rgb);
    }
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    double w = (double) (width - LEFT - RIGHT) / columns.size();
    double h = (double) (height - TOP - BOTTOM) / rows.size();
    g.setColor(TEXT);
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    g.drawString(title, LEFT, TOP - 14);
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < columns.size(); t++) {
        int x = LEFT + (int) Math.round(t * w); // whole pixels, so that no seams show
        int y = TOP + (int) Math.round(i * h);
        int toX = LEFT + (int) Math.round((t + 1) * w);
        int toY = TOP + (int) Math.round((i + 1) * h);
        g.setColor(scale.color(values[i][t]));
        g.fill(new Rectangle2D.Double(x, y, Math.max(1, toX - x), Math.max(1, toY - y)));
      }
    }
    g.setColor(TEXT);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    columnNames(g, w, height - BOTTOM + 17);
    rowNames(g, h);
    bar(g, width - RIGHT + 22, height - TOP - BOTTOM);
  }

  private void columnNames(Graphics2D g, double w, int y) {
    double widest = columns.stream().mapToDouble(name -> width(g, name)).max().orElse(0);
    int every = (int) Math.max(1, Math.ceil((widest + 0.5) / w));
    for (int t = 0; t < columns.size(); t += every) {
      String name = columns.get(t);
      g.drawString(name, (float) (LEFT + (t + 0.5) * w - width(g, name) / 2), y);
      if (every > 1) {
        double x = LEFT + (t + 0.5) * w;
        g.draw(new Line2D.Double(x, y - 16, x, y - 12));
      }
    }
  }

  private void rowNames(Graphics2D g, double h) {
    int every = (int) Math.max(1, Math.ceil(15 / h));
    for (int i = 0; i < rows.size(); i += every) {
      String name = rows.get(i);
      g.drawString(name, (float) (LEFT - 8 - width(g, name)), (float) (TOP + (i + 0.5) * h + 4.5));
    }
  }

  /** What the colours mean. */
  private void bar(Graphics2D g, int x, int height) {
    int steps = 60;
    for (int i = 0; i < steps; i++) {
      int y = TOP + i * height / steps;
      g.setColor(scale.color(scale.high - (i + 0.5) * (scale.high - scale.low) / steps));
      g.fill(new Rectangle2D.Double(x, y, 14, TOP + (i + 1) * height / steps - y));
    }
    g.setColor(TEXT);
    String[] names = {text(scale.high), text((scale.low + scale.high) / 2), text(scale.low)};
    for (int i = 0; i < names.length; i++) {
      g.drawString(names[i], x + 20, TOP + 5 + i * (height - 2) / 2);
    }
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
  }

  private static double width(Graphics2D g, String text) {
    return g.getFont().getStringBounds(text, g.getFontRenderContext()).getWidth();
  }
}
