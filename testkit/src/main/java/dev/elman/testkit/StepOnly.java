package dev.elman.testkit;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Draw;
import dev.elman.cells.Role;
import java.util.List;
import java.util.Map;

/**
 * A cell without its fused form: run step by step on the tape, by its definition.
 *
 * @param cell whose equations are used
 */
public record StepOnly(Cell cell) implements Cell {
  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    return cell.weights(inputs, hidden);
  }

  @Override
  public int[] widths(int hidden) {
    return cell.widths(hidden);
  }

  @Override
  public boolean hasCandidate() {
    return cell.hasCandidate();
  }

  @Override
  public boolean draws() {
    return cell.draws();
  }

  @Override
  public Cell at(Draw draw) {
    return new StepOnly(cell.at(draw));
  }

  @Override
  public float firstBias(String bias, int gate) {
    return cell.firstBias(bias, gate);
  }

  @Override
  public Role role(String weight, int gate) {
    return cell.role(weight, gate);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> weights, Node x, Node[] state) {
    return cell.step(tape, weights, x, state);
  }
}
