package dev.elman.inspection;

import dev.elman.layers.Diagram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the boxes of a diagram stand, each sequence repeated over some steps.
 *
 * <p>A zone for each sequence, from left to right; in it a column for each step. Within a column
 * every box has a row of its own, inputs at the bottom, so that wires from step to step run free;
 * branches have lanes side by side. What stands once is above the sequence that it looks at.
 */
final class GraphLayout {
  static final double LANE_GAP = 26;
  static final double TRACK = 16; // between parallel wires
  private static final double TOP = 14;
  private static final double TALL = 58; // a box with three lines
  private static final double FLAT = 42; // a box with two
  static final double ROW = 88;

  final Diagram diagram;
  final int steps;
  final double boxWidth;
  final int[] row;
  final int[] lane;
  private final int[] zoneOf;
  private final boolean[] overLast; // a box that stands once, over the last column
  private final List<Zone> zones = new ArrayList<>();
  private final double columnGap;
  private final double width;

  /** The columns of a sequence. */
  private static final class Zone {
    int rows;
    int lanes = 1;
    int entering; // wires from other zones
    double left; // of the first column
    final Map<Integer, Integer> top = new HashMap<>(); // lane: its uppermost box
  }

  GraphLayout(Diagram diagram, int steps) {
    this.diagram = diagram;
    this.steps = steps;
    List<Diagram.Box> boxes = diagram.boxes();
    row = new int[boxes.size()];
    lane = new int[boxes.size()];
    zoneOf = new int[boxes.size()];
    overLast = new boolean[boxes.size()];
    boxWidth = boxes.stream().mapToDouble(GraphLayout::width).max().orElse(0);
    Map<Integer, Zone> bySequence = new HashMap<>();
    for (int box = 0; box < boxes.size(); box++) {
      place(box, bySequence);
    }
    long loops = diagram.edges().stream().filter(e -> e.delay() != 0 && e.from() != e.to()).count();
    long crossing = diagram.edges().stream().filter(this::needsGutter).count();
    columnGap = (steps == 1 ? 86 : 50) + TRACK * (loops + crossing);
    double x = 24;
    for (Zone zone : zones) {
      x += TRACK * zone.entering + 34;
      zone.left = x;
      x += columns(zone) * columnWidth(zone);
    }
    width = x;
  }

  private static double width(Diagram.Box box) {
    double text = Math.max(8.6 * box.name().length(), 7 * box.shape().length());
    return 20 + Math.max(64, Math.max(text, 6.8 * parameters(box).length()));
  }

  /** How many parameters a box has, in words; empty for none. */
  static String parameters(Diagram.Box box) {
    return box.parameters() == 0
        ? ""
        : String.format(Locale.ROOT, "%,d parameters", box.parameters());
  }

  private void place(int box, Map<Integer, Zone> bySequence) {
    int home = home(box);
    boolean isNew = !bySequence.containsKey(home);
    Zone zone = bySequence.computeIfAbsent(home, key -> new Zone());
    if (isNew) {
      zones.add(zone);
    }
    zoneOf[box] = zones.indexOf(zone);
    overLast[box] =
        isOnce(box)
            && into(box).stream().allMatch(e -> e.way() == Diagram.Way.LAST || isOnce(e.from()))
            && into(box).stream().noneMatch(e -> isOnce(e.from()) && !overLast[e.from()]);
    boolean extraInput = diagram.boxes().get(box).kind() == Diagram.Kind.INPUT && !isNew;
    row[box] = extraInput ? 0 : zone.rows++;
    lane[box] = lane(box, zone);
    zone.top.put(lane[box], box);
    zone.lanes = Math.max(zone.lanes, lane[box] + 1);
    zone.entering += (int) into(box).stream().filter(e -> zoneOf[e.from()] != zoneOf[box]).count();
  }

  /** The sequence that a box belongs to or, where it stands once, looks at. */
  private int home(int box) {
    if (!isOnce(box)) {
      return diagram.sequence(box);
    }
    return into(box).stream().findFirst().map(e -> home(e.from())).orElse(-1 - box);
  }

  private List<Diagram.Edge> into(int box) {
    return diagram.edges().stream()
        .filter(e -> e.to() == box && e.from() != box && e.delay() == 0)
        .filter(e -> e.way() != Diagram.Way.START && e.from() < box)
        .toList();
  }

  /** Above the first of its inputs that has nothing above it; else where nothing leads on. */
  private int lane(int box, Zone zone) {
    for (int l = 0; l < zone.lanes; l++) {
      Integer top = zone.top.get(l);
      if (top != null && into(box).stream().anyMatch(e -> e.from() == top)) {
        return l;
      }
    }
    int free = 0;
    while (zone.top.containsKey(free) && leadsOn(zone.top.get(free), box - 1)) {
      free++;
    }
    return free;
  }

  /** Whether a box has wires to boxes after another one. */
  private boolean leadsOn(int box, int after) {
    return diagram.edges().stream()
        .anyMatch(e -> e.from() == box && e.to() > after && e.delay() == 0);
  }

  boolean isOnce(int box) {
    return diagram.sequence(box) < 0;
  }

  boolean sameZone(Diagram.Edge edge) {
    return zoneOf[edge.from()] == zoneOf[edge.to()];
  }

  /** Whether boxes are in the way of a wire that goes up in either end's lane. */
  boolean needsGutter(Diagram.Edge edge) {
    return sameZone(edge)
        && edge.delay() == 0
        && row[edge.to()] > row[edge.from()]
        && isBlocked(edge, lane[edge.from()])
        && (isOnce(edge.to()) != isOnce(edge.from()) || isBlocked(edge, lane[edge.to()]));
  }

  /** Whether a box stands in a lane of the wire's zone between its two rows. */
  boolean isBlocked(Diagram.Edge edge, int inLane) {
    for (int box = 0; box < row.length; box++) {
      if (zoneOf[box] == zoneOf[edge.from()]
          && lane[box] == inLane
          && isOnce(box) == isOnce(edge.from())
          && row[box] > row[edge.from()]
          && row[box] < row[edge.to()]) {
        return true;
      }
    }
    return false;
  }

  /** Whether a box of the wire's zone stands between its two rows at a place from the left. */
  boolean isBlockedAt(Diagram.Edge edge, double x) {
    for (int box = 0; box < row.length; box++) {
      boolean between = row[box] > row[edge.from()] && row[box] < row[edge.to()];
      for (int t = 0; between && zoneOf[box] == zoneOf[edge.from()] && t < copies(box); t++) {
        if (Math.abs(x(box, t) - x) < boxWidth / 2) {
          return true;
        }
      }
    }
    return false;
  }

  private int columns(Zone zone) {
    boolean sequence = false;
    for (int box = 0; box < row.length; box++) {
      sequence |= zones.get(zoneOf[box]) == zone && !isOnce(box);
    }
    return sequence ? steps : 1;
  }

  private double columnWidth(Zone zone) {
    return zone.lanes * (boxWidth + LANE_GAP) - LANE_GAP + columnGap;
  }

  /** How many times a box is drawn. */
  int copies(int box) {
    return isOnce(box) ? 1 : steps;
  }

  /** The middle of a box at a step, from 0. */
  double x(int box, int step) {
    Zone zone = zones.get(zoneOf[box]);
    double inColumn = lane[box] * (boxWidth + LANE_GAP) + boxWidth / 2;
    if (!isOnce(box)) {
      return zone.left + step * columnWidth(zone) + inColumn;
    }
    int last = columns(zone) - 1;
    double shift = overLast[box] ? last * columnWidth(zone) : last * columnWidth(zone) / 2;
    return zone.left + shift + inColumn;
  }

  /** The middle of a box, from the top. */
  double y(int box) {
    return TOP + (rows() - 1 - row[box]) * ROW + TALL / 2;
  }

  /** The height of a box: folded it has a line for its parameters. */
  double height(int box) {
    return steps == 1 && diagram.boxes().get(box).parameters() > 0 ? TALL : FLAT;
  }

  private int rows() {
    return zones.stream().mapToInt(zone -> zone.rows).max().orElse(0);
  }

  /** The right edge of a column, where the space to the next one begins. */
  double columnEnd(int box, int step) {
    Zone zone = zones.get(zoneOf[box]);
    int column = isOnce(box) ? columns(zone) - 1 : step;
    return zone.left + (column + 1) * columnWidth(zone) - columnGap;
  }

  /** The left edge of the first column of a box's zone. */
  double zoneLeft(int box) {
    return zones.get(zoneOf[box]).left;
  }

  double width() {
    return width;
  }

  double height() {
    return TOP + rows() * ROW;
  }
}
