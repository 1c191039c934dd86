package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input gets a message in four parts and an exit code, and leaves nothing behind. */
class WrongInputTest {
  private static final String TINY = " --epochs 1 --hidden 5 --threads 1 --out DIR/";

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws Exception {
    TinyData.write(folder);
    write("empty.csv", "");
    write("header.csv", "sea,wind\n");
    write("ragged.csv", TinyData.series(150, 40, "1"));
    write("text.csv", TinyData.series(150, 40, "calm,2"));
    write("gaps.csv", TinyData.series(150, 40, ",NaN"));
    write("short.csv", TinyData.series(20, -1, ""));
    write("constant.csv", "sea,wind\n" + "5,5\n".repeat(150));
    write("one.csv", TinyData.names("de", "de"));
    write("other.txt", "THE QUICK BROWN FOX? ".repeat(130));
    Files.createDirectory(folder.resolve("nomodel"));
    String forecaster = "train forecaster DIR/series.csv --target sea --history 8 --horizon 2";
    assertThat(CommandRun.in(folder, forecaster + TINY + "fc").code()).isZero();
    String text = "train language-model DIR/text.txt --batch 3 --bptt 5";
    assertThat(CommandRun.in(folder, text + TINY + "lm").code()).isZero();
    damage("newer", "\"version\" : 1", "\"version\" : 9");
    damage("huge", "\"hidden\" : 5", "\"hidden\" : 100000000");
    damage("layers", "\"layers\" : 1", "\"layers\" : 2000000000");
    damage("seasons", "\"seasons\" : [", "\"seasons\" : [ 3,");
    damage("cut", "", "");
    Path weights = folder.resolve("cut/weights.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
    lie("beyond", "\"data_offsets\":[0,", "\"data_offsets\":[0,9");
    lie("counts", "\"shape\":[", "\"shape\":[2147483647,2147483647,");
    lie("overlap", "\"data_offsets\":[160,560", "\"data_offsets\":[0,400");
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void damage(String name, String from, String to) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    String json = Files.readString(folder.resolve("fc/model.json"));
    assertThat(json).contains(from);
    Files.writeString(made.resolve("model.json"), json.replace(from, to));
    Files.copy(folder.resolve("fc/weights.safetensors"), made.resolve("weights.safetensors"));
  }

  /** A model whose header of weights lies, and whose model.json agrees with it. */
  private static void lie(String name, String from, String to) throws Exception {
    damage(name, "", "");
    Path weights = folder.resolve(name + "/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(header).contains(from);
    int at = header.indexOf(from);
    byte[] lie =
        (header.substring(0, at) + to + header.substring(at + from.length()))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(bytes.length - length + lie.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(lie.length).put(lie);
    file.put(bytes, 8 + length, bytes.length - 8 - length);
    Files.write(weights, file.array());
    String json = Files.readString(folder.resolve(name + "/model.json"));
    Files.writeString(
        folder.resolve(name + "/model.json"),
        json.replace(sha(bytes), sha(file.array()))
            .replace("\"bytes\" : " + bytes.length, "\"bytes\" : " + file.capacity()));
  }

  private static String sha(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          missing.csv --target sea          | 1 | no such file
          serie.csv --target sea            | 1 | did you mean 'series.csv'
          empty.csv --target sea            | 1 | empty file (0 bytes)
          header.csv --target sea           | 1 | the header alone
          fc --target sea                   | 1 | found a folder
          ragged.csv --target sea           | 1 | in line 42
          text.csv --target sea             | 1 | 'calm' in line 42
          gaps.csv --target sea             | 1 | missing cells: 1 in column 'sea'
          constant.csv --target sea         | 1 | the same number, 5.0
          short.csv --target sea            | 1 | a series long enough
          series.csv --target see           | 1 | did you mean 'sea'?
          series.csv --target sea --inputs wnd | 1 | did you mean 'wind'?
          series.csv --epochs 2             | 1 | --target
          series.csv --target sea,sea       | 1 | each column to forecast once
          series.csv --target ,             | 1 | name one of sea, wind
          series.csv --target sea --quantiles 0.9,0.1 | 2 | rising numbers
          series.csv --target sea --hidden 0 | 2 | --hidden, found 0
          series.csv --target sea --hidden 60000 | 2 | array
          series.csv --target sea --cell lsmt | 2 | did you mean 'lstm'?
          series.csv --target sea --dropout -1 | 2 | from 0 to below 1
          series.csv --target sea --learning-rate 0 | 2 | learning rate
          series.csv --target sea --epochs x | 2 | 'x' is not an int
          series.csv --taget sea            | 2 | --target
          series.csv --target sea --report DIR/nosuch/r.json | 1 | does not exist
          series.csv --target sea --report DIR/fc | 1 | folder of that name
          series.csv --target sea --out DIR/text.txt | 1 | a file where a folder is needed
          series.csv --target sea --out DIR/text.txt/x | 1 | a file where a folder is needed
          series.csv --target sea --out DIR/newer | 1 | newer release
          series.csv --target sea --learning-rate 1e30 --clip 0 --optimizer sgd | 1 | too high
          """)
  void forecasterIsRefused(String arguments, int code, String says) {
    String more = arguments.contains("--out") ? "" : " --epochs 1 --out DIR/o";
    more = arguments.contains("--epochs") ? " --out DIR/o" : more;
    refused("train forecaster DIR/" + arguments + " --threads 1" + more, code, says);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          inspect DIR/newer                 | 1 | newer release
          inspect DIR/huge                  | 1 | 100000000
          inspect DIR/layers                | 1 | 2000000000
          inspect DIR/seasons               | 1 | 1 items in 'seasons'
          inspect DIR/cut                   | 1 | cut short
          inspect DIR/beyond                | 1 | 'rnn.weight_ih_l0'
          inspect DIR/counts                | 1 | 2147483647
          inspect DIR/overlap               | 1 | overlaps
          inspect DIR/nomodel               | 1 | without a model.json
          inspect DIR/fd                    | 1 | did you mean 'fc'?
          inspect DIR/series.csv            | 1 | found a file
          generate DIR/fc                   | 1 | found a forecaster
          generate DIR/lm --temperature 0   | 2 | temperature
          generate DIR/lm --top-p 2         | 2 | top-p
          generate DIR/lm --until=          | 2 | Expected a text as --until
          generate DIR/lm --length 0        | 2 | --length
          predict DIR/lm --data DIR/text.txt | 1 | elman generate
          predict DIR/fc --data DIR/names.csv | 1 | a column 'sea'
          predict DIR/fc --data DIR/series.csv --plot DIR/x.gif | 2 | .png or .svg
          predict DIR/fc --data DIR/series.csv --out DIR/no/x.csv | 1 | does not exist
          evaluate DIR/fc --data DIR/series.csv --report DIR/no/r.json | 1 | does not exist
          train classifier DIR/one.csv --out DIR/o | 1 | only 'de'
          train classifier DIR/names.csv --label lable --out DIR/o | 1 | did you mean 'label'?
          train classifier DIR/nomodel --out DIR/o | 1 | folders named after labels
          train language-model DIR/short.csv --out DIR/o | 1 | --bptt
          train language-model DIR/text.txt --unit chr --out DIR/o | 2 | did you mean 'char'?
          train language-model DIR/text.txt --bidirectional --batch 3 --out DIR/o | 2 | backwards
          train language-model DIR/other.txt --batch 3 --bptt 5 --epochs 1 --hidden 5 --out DIR/lm --resume | 1 | vocabulary
          train language-model DIR/text.txt --batch 3 --bptt 5 --epochs 1 --hidden 6 --out DIR/lm --resume | 1 | 6 instead of 5
          bench --shapes DIR/series.csv     | 1 | cell,T,B,D,H,layers
          trian                             | 2 | train
          """)
  void commandIsRefused(String line, int code, String says) {
    refused(line, code, says);
  }

  private static void refused(String line, int code, String says) {
    Set<String> before = CommandRun.content(folder);
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.err())
        .contains("Expected ", "found ", "\nLikely cause: ", "\nCure: ", says)
        .doesNotContain("\tat ", "Exception");
    assertThat(run.code()).isEqualTo(code);
    assertThat(CommandRun.content(folder)).isEqualTo(before);
  }
}
