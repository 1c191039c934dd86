package dev.elman.inspection;

import dev.elman.layers.Diagram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws the wires of a diagram between boxes that have their places. */
final class GraphWires {
  private static final double SQUARE = 12;

  private final GraphLayout at;
  private final Svg svg;
  private final Map<Integer, Integer> arrived = new HashMap<>(); // wires into a box, beside others
  private final List<Runnable> labels = new ArrayList<>();
  private int tracks; // in the space right of a column
  private int entries; // in the space left of a zone

  GraphWires(GraphLayout at, Svg svg) {
    this.at = at;
    this.svg = svg;
  }

  void draw() {
    for (Diagram.Edge edge : at.diagram.edges()) {
      if (edge.delay() != 0) {
        tracks += edge.from() == edge.to() ? 0 : 1;
        if (at.steps == 1) {
          folded(edge);
        } else {
          unfolded(edge);
        }
      } else if (at.sameZone(edge)) {
        within(edge);
      } else {
        across(edge);
      }
    }
    labels.forEach(Runnable::run);
  }

  /** What a wire carries: written when all wires are drawn, so that none goes through it. */
  private void label(double x, double y, String text) {
    labels.add(() -> svg.text(x, y, "label", text));
  }

  private double half() {
    return at.boxWidth / 2;
  }

  private double top(int box) {
    return at.y(box) - at.height(box) / 2;
  }

  private double bottom(int box) {
    return at.y(box) + at.height(box) / 2;
  }

  /** The last track that was given out in the space right of a column. */
  private double track(int box, int step) {
    double first = at.steps == 1 ? 62 : 14; // folded, loops are there
    return at.columnEnd(box, step) + first + GraphLayout.TRACK * (tracks - 1);
  }

  /** A place on a box's lower side: the middle where it is the only one, else beside it. */
  private double offset(int box, boolean straight) {
    long all = at.diagram.edges().stream().filter(e -> e.to() == box && e.delay() == 0).count();
    if (straight || all == 1) {
      return 0;
    }
    int count = arrived.merge(box, 1, Integer::sum);
    double side = Math.min(half() - 10, 16 * ((count + 1) / 2));
    return count % 2 == 0 ? -side : side;
  }

  // ---- from step to step ----

  private void folded(Diagram.Edge edge) {
    double right = at.x(edge.from(), 0) + half();
    double y1 = at.y(edge.from()) - (edge.from() == edge.to() ? at.height(edge.from()) / 5 : 0);
    double y2 =
        at.y(edge.to())
            + (edge.from() == edge.to()
                ? at.height(edge.from()) / 5
                : at.height(edge.to()) / 2 - 5);
    double gutter = edge.from() == edge.to() ? right + 22 : track(edge.from(), 0);
    svg.arrow(right, y1, gutter, y1, gutter, y2, at.x(edge.to(), 0) + half(), y2);
    double middle = beside(y1, y2);
    svg.square(gutter, middle, SQUARE);
    int delay = Math.abs(edge.delay());
    String label =
        edge.delay() < 0
            ? edge.label() + " of t+" + delay
            : delay == 1 ? edge.label() : edge.label() + " " + delay + " steps";
    label(gutter + 11 + 3.2 * label.length(), middle + 4, label.strip());
  }

  /** Where the label of a wire between two heights stands: a result's below it, between rows. */
  private static double beside(double y1, double y2) {
    return y2 - y1 > GraphLayout.ROW ? y1 + GraphLayout.ROW / 2 : (y1 + y2) / 2;
  }

  private void unfolded(Diagram.Edge edge) {
    int delay = edge.delay();
    int sign = Integer.signum(delay);
    for (int t = 0; t < at.steps; t++) {
      int to = t + delay;
      if (to < 0 || to >= at.steps) {
        continue;
      }
      double x1 = at.x(edge.from(), t) + sign * half();
      double x2 = at.x(edge.to(), to) - sign * half();
      double y1 = at.y(edge.from());
      double y2 = at.y(edge.to());
      if (at.row[edge.from()] < at.row[edge.to()]) { // a window over steps before
        svg.arrow(at.x(edge.from(), t), top(edge.from()), at.x(edge.to(), to), bottom(edge.to()));
      } else if (edge.from() == edge.to()) {
        svg.arrow(x1, y1, x2, y2);
        if (t == (sign > 0 ? 0 : at.steps - 1)) {
          label((x1 + x2) / 2, y1 - 6, edge.label());
        }
      } else {
        double gutter = track(edge.from(), Math.min(t, to));
        svg.arrow(x1, y1, gutter, y1, gutter, y2 + 12, x2, y2 + 12);
        if (t == 0) {
          label(gutter + 5 + 3.2 * edge.label().length(), beside(y1, y2) + 4, edge.label());
        }
      }
    }
    boolean started =
        at.diagram.edges().stream()
            .anyMatch(e -> e.to() == edge.to() && e.way() == Diagram.Way.START);
    if (edge.from() == edge.to() && !started) { // the first state is zero
      double x = at.x(edge.to(), sign > 0 ? 0 : at.steps - 1) - sign * half();
      double y = at.y(edge.to());
      svg.arrow(x - sign * 22, y, x, y);
      label(x - sign * 29, y + 4, "0");
    }
  }

  // ---- within a step ----

  private void within(Diagram.Edge edge) {
    int from = edge.from();
    int to = edge.to();
    double below = bottom(to) + 18; // in the space under its row
    boolean straight =
        at.lane[from] == at.lane[to] && !at.isBlocked(edge, at.lane[from]) && sameColumn(edge);
    boolean gutter = at.needsGutter(edge);
    tracks += gutter ? 1 : 0;
    double offset = offset(to, straight);
    for (int t = 0; t < at.copies(from); t++) {
      if (edge.way() == Diagram.Way.LAST && t < at.copies(from) - 1
          || edge.way() == Diagram.Way.FIRST && t > 0) {
        continue;
      }
      double x1 = at.x(from, t);
      double x2 = at.x(to, t) + offset;
      double above = top(from) - 12;
      if (gutter) {
        double x = track(from, t);
        if (at.row[to] > at.row[from] + 1 && at.isOnce(to)) { // into its right side
          svg.arrow(
              x1, top(from), x1, above, x, above, x, at.y(to), at.x(to, t) + half(), at.y(to));
        } else {
          svg.arrow(x1, top(from), x1, above, x, above, x, below, x2, below, x2, bottom(to));
        }
      } else if (straight && x1 == x2) {
        svg.arrow(x1, top(from), x2, bottom(to));
      } else if (sameColumn(edge) && !at.isBlocked(edge, at.lane[to])) {
        svg.arrow(x1, top(from), x1, above, x2, above, x2, bottom(to));
      } else {
        double turn = at.isBlockedAt(edge, x1) ? above : below;
        svg.arrow(x1, top(from), x1, turn, x2, turn, x2, bottom(to));
      }
    }
  }

  /** Whether both ends are in one column, so that lanes are the same places for both. */
  private boolean sameColumn(Diagram.Edge edge) {
    return at.isOnce(edge.from()) == at.isOnce(edge.to()) || at.steps == 1;
  }

  // ---- from sequence to sequence ----

  private void across(Diagram.Edge edge) {
    int from = edge.from();
    int to = edge.to();
    entries++;
    double enter = at.zoneLeft(to) - 14 - GraphLayout.TRACK * (entries - 1);
    boolean aligned = edge.way() == Diagram.Way.STEP && !at.isOnce(from);
    double bus = top(from) - (aligned ? 28 : 12);
    double below = bottom(to) + 12;
    double offset = offset(to, false);
    boolean ahead = enter > at.x(from, 0);
    boolean start = edge.way() == Diagram.Way.START;
    int first = edge.way() == Diagram.Way.LAST || start ? at.copies(from) - 1 : 0;
    for (int s = first; s < at.copies(from); s++) {
      double x1 = at.x(from, s);
      if (aligned && s > 0) { // a track of its own for each step
        double apart = Math.min(6, (GraphLayout.TRACK - 2) / at.copies(from));
        bus += apart;
        enter -= apart;
        below += apart;
      }
      for (int t = aligned ? s : 0; t < (start ? 1 : aligned ? s + 1 : at.copies(to)); t++) {
        double x2 = at.x(to, t) + offset;
        if (start) {
          double left = at.x(to, 0) - half();
          svg.arrow(x1, top(from), x1, bus, enter, bus, enter, at.y(to), left, at.y(to));
        } else if (ahead) {
          svg.arrow(x1, top(from), x1, bus, enter, bus, enter, below, x2, below, x2, bottom(to));
        } else {
          svg.arrow(x1, top(from), x1, below, x2, below, x2, bottom(to));
        }
      }
    }
    if (!edge.label().isEmpty()) {
      label(enter - 4 - 3.2 * edge.label().length(), bus - 5, edge.label());
    }
  }
}
