package dev.elman.inspection;

import java.util.Locale;

/** Writes an SVG document: boxes, lines with arrows, text. */
final class Svg {
  private final StringBuilder body = new StringBuilder();

  /** Whatever is drawn meanwhile, elsewhere. */
  void shifted(double x, double y, Runnable drawing) {
    body.append(format("<g transform=\"translate(%.1f %.1f)\">\n", x, y));
    drawing.run();
    body.append("</g>\n");
  }

  /** A rectangle with round corners, and what it is as its class and its tooltip. */
  void box(Rect rect, String fill, String kind, String title) {
    body.append(
        format(
            "<g class=\"%s\"><title>%s</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                + " height=\"%.1f\" rx=\"7\" fill=\"%s\" stroke=\"#5A6472\"/></g>\n",
            kind, escape(title), rect.x, rect.y, rect.width, rect.height, fill));
  }

  /** Where a rectangle stands. */
  record Rect(double x, double y, double width, double height) {}

  /** The square that means: a step later. */
  void square(double x, double y, double size) {
    body.append(
        format(
            "<rect class=\"delay\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                + " fill=\"#222\"/>\n",
            x - size / 2, y - size / 2, size, size));
  }

  /** Text in the middle of a place; its style is one of the classes of {@link #document}. */
  void text(double x, double y, String style, String text) {
    if (!text.isEmpty()) {
      body.append(
          format(
              "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>\n", x, y, style, escape(text)));
    }
  }

  /** A line through points x, y, x, y, ... that ends in an arrow. */
  void arrow(double... points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(format("%s%.1f %.1f", i == 0 ? "M" : " L", points[i], points[i + 1]));
    }
    body.append(
        format("<path class=\"wire\" d=\"%s\" marker-end=\"url(#arrow)\"/>\n", path.toString()));
  }

  /** All that was written, as a document on white. */
  String document(double width, double height) {
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
                + " viewBox=\"0 0 %.0f %.0f\">\n",
            width, height, width, height)
        + "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
        + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0.8 L8 4 L0 7.2 z\""
        + " fill=\"#444\"/></marker>\n<style>text{font-family:sans-serif;text-anchor:middle;"
        + "fill:#222}.name{font-size:14px;font-weight:600}.note{font-size:12px;fill:#555}"
        + ".label{font-size:12px;fill:#555;stroke:#fff;stroke-width:4;paint-order:stroke}"
        + ".title{font-size:16px;font-weight:600}.wire{fill:none;stroke:#444;stroke-width:1.4;"
        + "stroke-linejoin:round}</style></defs>\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        + body
        + "</svg>\n";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
