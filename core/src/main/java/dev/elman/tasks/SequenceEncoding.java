package dev.elman.tasks;

import dev.elman.batches.Values;
import dev.elman.encoding.Scaler;
import dev.elman.encoding.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** How a classifier reads sequences; saved with it. */
public sealed interface SequenceEncoding {
  /** The size of the vocabulary; 0 for numbers. */
  int symbols();

  /** What the model reads of each sequence, in their order. */
  List<Values> encode(Sequences sequences);

  /**
   * Texts as symbols.
   *
   * @param vocabulary the symbols that are known
   * @param column the column with the texts; empty where each text is a file
   */
  record Symbols(Vocabulary vocabulary, String column) implements SequenceEncoding {
    @Override
    public int symbols() {
      return vocabulary.size();
    }

    @Override
    public List<Values> encode(Sequences sequences) {
      List<Values> encoded = new ArrayList<>();
      for (String text : ((Texts) sequences).texts()) {
        encoded.add(Values.Codes.of(vocabulary.encode(sequences.source(), text)));
      }
      return encoded;
    }
  }

  /**
   * Numbers, standardised.
   *
   * @param scaler of the D inputs
   * @param form how sequences stand in tables
   * @param columns of the tables: inputs or steps, as the form says
   */
  record Scaled(Scaler scaler, Recordings.Form form, List<String> columns)
      implements SequenceEncoding {
    /** Copies the names. */
    public Scaled {
      columns = List.copyOf(columns);
    }

    /** Fits the scaler on sequences, which are those to be learned from. */
    static Scaled fit(Recordings training) {
      int d = training.inputs();
      int rows = training.values().stream().mapToInt(numbers -> numbers.length / d).sum();
      List<float[]> inputs = new ArrayList<>();
      for (int c = 0; c < d; c++) {
        float[] input = new float[rows];
        int row = 0;
        for (float[] numbers : training.values()) {
          for (int i = c; i < numbers.length; i += d) {
            input[row++] = numbers[i];
          }
        }
        inputs.add(input);
      }
      List<String> columns = training.columns();
      List<String> names =
          training.form() == Recordings.Form.ROWS
              ? List.of(columns.get(0) + " to " + columns.get(columns.size() - 1))
              : columns;
      return new Scaled(Scaler.fit(names, inputs, rows), training.form(), columns);
    }

    /** D. */
    public int inputs() {
      return form.inputs(columns.size());
    }

    @Override
    public int symbols() {
      return 0;
    }

    @Override
    public List<Values> encode(Sequences sequences) {
      List<Values> encoded = new ArrayList<>();
      for (float[] numbers : ((Recordings) sequences).values()) {
        float[] scaled = new float[numbers.length];
        for (int i = 0; i < scaled.length; i++) {
          scaled[i] = scaler.scale(i % inputs(), numbers[i]);
        }
        encoded.add(Values.Numbers.of(inputs(), scaled));
      }
      return encoded;
    }
  }
}
