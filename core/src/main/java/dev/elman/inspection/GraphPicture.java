package dev.elman.inspection;

import dev.elman.layers.Diagram;
import dev.elman.models.Model;
import java.util.Locale;

/**
 * The computation graph of a model as an SVG picture, drawn from what its layers say of themselves
 * ({@link dev.elman.layers.Layer#describe}).
 *
 * <p>Folded, each box stands once, with its shape and how many parameters it has; a black square on
 * a wire means that its end is a step later. Unfolded over k steps, the boxes of a sequence stand k
 * times, with the same weights, and the wire goes from step to step.
 */
public final class GraphPicture {
  private static final double SPACE = 36;
  private static final double HEAD = 30;
  private static final double FOOT = 24;
  private static final double PAGE = 1500; // the width of a picture that can be read on a page

  private GraphPicture() {}

  /** A model folded and, beside it or below, unfolded over three steps. */
  public static String of(Model model) {
    return of(diagram(model), 3);
  }

  /** What a model is made of. */
  public static Diagram diagram(Model model) {
    Diagram diagram = new Diagram();
    model.describe(diagram);
    return diagram;
  }

  /**
   * A diagram folded and, beside it or below, unfolded over some steps.
   *
   * @param steps k, at least 2
   */
  public static String of(Diagram diagram, int steps) {
    GraphLayout one = new GraphLayout(diagram, 1);
    GraphLayout several = new GraphLayout(diagram, required(steps));
    String unfolded = "unfolded over " + steps + " steps";
    double beside = one.width() + SPACE + several.width();
    Svg svg = new Svg();
    if (beside > PAGE) { // else too small to be read there
      double below = HEAD + one.height() + SPACE;
      titled("folded", one, svg, 0, 0);
      titled(unfolded, several, svg, 0, below);
      double height = below + HEAD + several.height() + FOOT;
      return svg.document(Math.max(one.width(), several.width()), height);
    }
    double height = Math.max(one.height(), several.height());
    titled("folded", one, svg, 0, height - one.height());
    titled(unfolded, several, svg, one.width() + SPACE, height - several.height());
    return svg.document(beside, HEAD + height + FOOT);
  }

  private static void titled(String title, GraphLayout layout, Svg svg, double x, double y) {
    svg.text(x + layout.width() / 2, y + 24, "title", title);
    svg.shifted(x, y + HEAD, () -> draw(layout, svg));
  }

  /** A diagram with each box once. */
  public static String folded(Diagram diagram) {
    return alone(new GraphLayout(diagram, 1));
  }

  /**
   * A diagram with the boxes of sequences at each of some steps.
   *
   * @param steps k, at least 2
   */
  public static String unfolded(Diagram diagram, int steps) {
    return alone(new GraphLayout(diagram, required(steps)));
  }

  private static int required(int steps) {
    if (steps < 2 || steps > 50) {
      throw new IllegalArgumentException(
          "Graph: expected from 2 to 50 steps to unfold over, got " + steps + ".");
    }
    return steps;
  }

  private static String alone(GraphLayout layout) {
    Svg svg = new Svg();
    draw(layout, svg);
    return svg.document(layout.width(), layout.height() + FOOT);
  }

  private static void draw(GraphLayout layout, Svg svg) {
    new GraphWires(layout, svg).draw();
    Diagram diagram = layout.diagram;
    boolean folded = layout.steps == 1;
    for (int i = 0; i < diagram.boxes().size(); i++) {
      Diagram.Box box = diagram.boxes().get(i);
      for (int t = 0; t < layout.copies(i); t++) {
        double x = layout.x(i, t);
        double y = layout.y(i);
        double height = layout.height(i);
        String parameters = folded ? GraphLayout.parameters(box) : "";
        Svg.Rect rect =
            new Svg.Rect(x - layout.boxWidth / 2, y - height / 2, layout.boxWidth, height);
        svg.box(rect, colour(diagram, i), box.kind().name().toLowerCase(Locale.ROOT), box.name());
        String shape = box.shape().isEmpty() ? Integer.toString(box.columns()) : box.shape();
        double first = parameters.isEmpty() ? y - 3 : y - 11;
        svg.text(x, first, "name", box.name());
        svg.text(x, first + 16, "note", shape);
        svg.text(x, first + 32, "note", parameters);
        if (!folded && box.kind() == Diagram.Kind.INPUT && !layout.isOnce(i)) {
          svg.text(x, y + height / 2 + 16, "note", "t = " + (t + 1));
        }
      }
    }
  }

  private static String colour(Diagram diagram, int box) {
    boolean recurrent = diagram.edges().stream().anyMatch(e -> e.to() == box && e.from() == box);
    return switch (diagram.boxes().get(box).kind()) {
      case INPUT -> "#EFEFEF";
      case LAYER -> recurrent ? "#FCE3C5" : "#DCE9F8";
      case MERGE -> "#FFFFFF";
      case OUTPUT -> "#DDF0DC";
    };
  }
}
