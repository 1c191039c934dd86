package dev.elman.autodiff;

import dev.elman.tensor.Shape;
import java.util.List;

/** Cutting nodes into rows and columns and joining them: values are copied, blame is added. */
public final class Slices {
  private Slices() {}

  /** Columns {@code from} to {@code from + count - 1} of every row: a gate among the gates. */
  public static Node columns(Tape tape, Node x, int from, int count) {
    return cut(tape, x, 0, x.rows(), from, count);
  }

  /** Rows {@code from} to {@code from + count - 1}: a time step of a packed batch. */
  public static Node rows(Tape tape, Node x, int from, int count) {
    return cut(tape, x, from, count, 0, x.columns());
  }

  private static Node cut(Tape tape, Node x, int row, int rows, int column, int columns) {
    if (row < 0 || row + rows > x.rows() || column < 0 || column + columns > x.columns()) {
      throw new IllegalArgumentException(
          "Cannot cut "
              + Shape.text(rows, columns)
              + " at "
              + Shape.text(row, column)
              + " from "
              + Shape.text(x.rows(), x.columns())
              + ".");
    }
    Node out = tape.node(rows, columns, x.needsGradient());
    for (int i = 0; i < rows; i++) {
      int at = (row + i) * x.columns() + column;
      System.arraycopy(x.value(), at, out.value(), i * columns, columns);
    }
    tape.record(
        out,
        () -> {
          for (int i = 0; i < rows; i++) {
            int at = (row + i) * x.columns() + column;
            tape.kernels().axpy(1, out.gradient(), i * columns, x.gradient(), at, columns);
          }
        });
    return out;
  }

  /** Nodes of one width, one below the other. */
  public static Node joinRows(Tape tape, List<Node> parts) {
    int rows = 0;
    boolean needed = false;
    for (Node part : parts) {
      Shape.requireColumns("Rows to join", parts.get(0).columns(), part.columns(), "Join alike.");
      rows += part.rows();
      needed |= part.needsGradient();
    }
    Node out = tape.node(rows, parts.get(0).columns(), needed);
    int at = 0;
    for (Node part : parts) {
      System.arraycopy(part.value(), 0, out.value(), at, part.size());
      at += part.size();
    }
    tape.record(
        out,
        () -> {
          int from = 0;
          for (Node part : parts) {
            if (part.needsGradient()) {
              tape.kernels().axpy(1, out.gradient(), from, part.gradient(), 0, part.size());
            }
            from += part.size();
          }
        });
    return out;
  }

  /** {@code [a b]}: nodes with equal rows side by side. */
  public static Node joinColumns(Tape tape, Node a, Node b) {
    Shape.require(
        "Columns to join",
        new int[] {a.rows(), b.columns()},
        new int[] {b.rows(), b.columns()},
        "Both need one row for each token.");
    Node out =
        tape.node(a.rows(), a.columns() + b.columns(), a.needsGradient() || b.needsGradient());
    int width = out.columns();
    for (int i = 0; i < a.rows(); i++) {
      System.arraycopy(a.value(), i * a.columns(), out.value(), i * width, a.columns());
      System.arraycopy(
          b.value(), i * b.columns(), out.value(), i * width + a.columns(), b.columns());
    }
    tape.record(
        out,
        () -> {
          addPart(tape, out, 0, a);
          addPart(tape, out, a.columns(), b);
        });
    return out;
  }

  private static void addPart(Tape tape, Node out, int column, Node part) {
    if (part.needsGradient()) {
      for (int i = 0; i < part.rows(); i++) {
        int from = i * out.columns() + column;
        int to = i * part.columns();
        tape.kernels().axpy(1, out.gradient(), from, part.gradient(), to, part.columns());
      }
    }
  }

  /** Row {@code index[i]} of x as row i: blame is added back to where the row came from. */
  public static Node gather(Tape tape, Node x, int[] index, int count) {
    int width = x.columns();
    Node out = tape.node(count, width, x.needsGradient());
    for (int i = 0; i < count; i++) {
      System.arraycopy(x.value(), index[i] * width, out.value(), i * width, width);
    }
    tape.record(
        out,
        () -> {
          for (int i = 0; i < count; i++) {
            int to = index[i] * width;
            tape.kernels().axpy(1, out.gradient(), i * width, x.gradient(), to, width);
          }
        });
    return out;
  }
}
