package dev.elman.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The paths of an SVG document, and the clips that bound them. */
final class SvgPaths {
  private static final String[] CAPS = {"butt", "round", "square"}; // BasicStroke's numbers
  private static final String[] JOINS = {"miter", "round", "bevel"};

  private final StringBuilder paths = new StringBuilder();
  private final Map<String, Integer> clips = new LinkedHashMap<>();

  /**
   * Adds a shape.
   *
   * @param clip null for none
   * @param look attributes, from {@link #filled} or {@link #stroked}
   */
  void add(Shape shape, Shape clip, String look) {
    String data = data(shape);
    if (data.isEmpty() || look.isEmpty()) {
      return;
    }
    paths.append("<path d=\"").append(data).append('"').append(look);
    if (shape.getPathIterator(null).getWindingRule() == PathIterator.WIND_EVEN_ODD) {
      paths.append(" fill-rule=\"evenodd\"");
    }
    if (clip != null) {
      Integer known = clips.putIfAbsent(data(clip), clips.size());
      int number = known == null ? clips.size() - 1 : known;
      paths.append(" clip-path=\"url(#c").append(number).append(")\"");
    }
    paths.append("/>\n");
  }

  /** What a filled path looks like; empty for nothing to see. */
  static String filled(Color color) {
    return color.getAlpha() == 0 ? "" : paint("fill", color);
  }

  /** What a stroked path looks like; empty for nothing to see. */
  static String stroked(Color color, Stroke stroke, AffineTransform at) {
    if (color.getAlpha() == 0 || !(stroke instanceof BasicStroke pen) || pen.getLineWidth() == 0) {
      return "";
    }
    StringBuilder look = new StringBuilder(" fill=\"none\"").append(paint("stroke", color));
    double scale = Math.sqrt(Math.abs(at.getDeterminant()));
    look.append(" stroke-width=\"").append(number(pen.getLineWidth() * scale)).append('"');
    look.append(" stroke-linecap=\"").append(CAPS[pen.getEndCap()]).append('"');
    look.append(" stroke-linejoin=\"").append(JOINS[pen.getLineJoin()]).append('"');
    if (pen.getDashArray() != null) {
      look.append(" stroke-dasharray=\"");
      for (float dash : pen.getDashArray()) {
        look.append(number(dash * scale)).append(' ');
      }
      look.append('"');
    }
    return look.toString();
  }

  private static String paint(String attribute, Color color) {
    String paint = String.format(" %s=\"#%06x\"", attribute, color.getRGB() & 0xFFFFFF);
    return color.getAlpha() == 255
        ? paint
        : paint + " " + attribute + "-opacity=\"" + number(color.getAlpha() / 255.0) + "\"";
  }

  /** The whole document, on white. */
  String document(int width, int height) {
    StringBuilder all = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    all.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                + " viewBox=\"0 0 %1$d %2$d\">\n<defs>\n",
            width, height));
    clips.forEach(
        (data, number) ->
            all.append("<clipPath id=\"c")
                .append(number)
                .append("\"><path d=\"")
                .append(data)
                .append("\"/></clipPath>\n"));
    all.append("</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    return all.append(paths).append("</svg>\n").toString();
  }

  private static String data(Shape shape) {
    StringBuilder data = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(at);
      data.append("MLQCZ".charAt(kind)); // PathIterator's numbers
      int numbers = new int[] {2, 2, 4, 6, 0}[kind];
      for (int j = 0; j < numbers; j++) {
        data.append(j == 0 ? "" : " ").append(number(at[j]));
      }
    }
    return data.toString();
  }

  /** A number with two digits after the point, fewer where they are zeros. */
  private static String number(double value) {
    double rounded = Math.rint(value * 100) / 100;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(
            Locale.ROOT, rounded * 10 == Math.rint(rounded * 10) ? "%.1f" : "%.2f", rounded);
  }
}
