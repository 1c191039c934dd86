package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Wiring;
import dev.elman.models.LanguageModel;
import dev.elman.sessions.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The state of a session as bytes: read back as it was, or refused with the reason. */
class SessionBytesTest {
  private static final float[] NEXT = {-0.9932692f, 0.5372801f, 0.23640013f, 0.17582949f};
  private final LanguageModel model = SessionContractTest.model("lstm", 2);

  private Session session() {
    Session session = Session.of(model);
    for (int code : new int[] {3, 0, 10, 7}) {
      session.step(code);
    }
    return session;
  }

  @Test
  void goesOnFromBytesAsIfItHadNeverStopped() {
    Session session = session();
    byte[] bytes = session.toBytes();
    assertThat(bytes).hasSize(32 + 4 * (4 * 13));
    Session read = Session.read(SessionContractTest.model("lstm", 2), bytes);
    assertThat(read.steps()).isEqualTo(4);
    assertThat(read.toBytes()).isEqualTo(bytes);
    for (int code = 0; code < 11; code++) {
      assertThat(read.step(code)).containsExactly(session.step(code));
    }
  }

  /** Written by version 1, whose files stay readable: never to be written again. */
  @Test
  void readsWhatVersion1Wrote() throws IOException {
    byte[] bytes;
    try (InputStream in = getClass().getResourceAsStream("/golden/session-1.bin")) {
      bytes = in.readAllBytes();
    }
    float[] next = Session.read(model, bytes).step(5);
    assertThat(Arrays.copyOf(next, 4)).containsExactly(NEXT, offset(1e-6f));
  }

  @Test
  void everyChangedByteIsRefused() {
    byte[] bytes = session().toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 4;
      assertThatThrownBy(() -> Session.read(model, changed))
          .as("byte " + i)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("State of a session: expected ")
          .hasMessageContaining(", got ")
          .hasMessageContaining("\nLikely cause: ")
          .hasMessageContaining("\nCure: ");
    }
  }

  @Test
  void bytesThatAreCutOrTooManyAreRefused() {
    byte[] bytes = session().toBytes();
    for (int length = 0; length < bytes.length + 9; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThatThrownBy(() -> Session.read(model, cut))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(" bytes, got " + length + " bytes");
      }
    }
  }

  @Test
  void sizesThatAreOnlyClaimedAreRefused() {
    for (int count :
        new int[] {-1, -9, 0, 51, 53, 1 << 29, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] bytes = session().toBytes();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, count);
      assertThatThrownBy(() -> Session.read(model, sealed(bytes)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got 240 bytes");
    }
    byte[] steps = session().toBytes();
    steps[23] = -1;
    assertThatThrownBy(() -> Session.read(model, sealed(steps)))
        .hasMessageContaining("expected a number of steps, got -");
    byte[] number = session().toBytes();
    ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).putFloat(40, Float.NaN);
    assertThatThrownBy(() -> Session.read(model, sealed(number)))
        .hasMessageContaining("expected finite numbers, got NaN")
        .hasMessageContaining("an input was no number");
  }

  /** With the checksum that fits. */
  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }

  @Test
  void versionsToComeAreRefused() {
    byte[] bytes = session().toBytes();
    bytes[4] = 2;
    assertThatThrownBy(() -> Session.read(model, sealed(bytes)))
        .hasMessage(
            "State of a session: expected version 1, got version 2.\n"
                + "Likely cause: a later release of Elman wrote it.\n"
                + "Cure: read it with that release.");
  }

  @Test
  void anotherModelsStateIsRefused() {
    byte[] bytes = session().toBytes();
    LanguageModel trained = SessionContractTest.model("lstm", 2);
    trained.weights().get("head.bias").update(values -> values[1] += 1e-7f);
    LanguageModel relu = SessionContractTest.model("rnn-relu", 2);
    byte[] tanh = Session.of(SessionContractTest.model("rnn", 2)).toBytes();
    RecurrentStack stack = model.settings().recurrent();
    LanguageModel residual =
        SessionContractTest.model(
            stack.withWiring(stack.wiring().withConnections(Wiring.Connections.RESIDUAL)));
    String refusal =
        "State of a session: expected one of this model, got another model's.\n"
            + "Likely cause: the model was trained again, converted or exchanged since; its state"
            + " means something else.\n"
            + "Cure: use the model that the state was saved with, or start the stream anew.";
    assertThat(residual.weights().sha256()).isEqualTo(model.weights().sha256());
    assertThatThrownBy(() -> Session.read(residual, bytes)).hasMessage(refusal);
    assertThatThrownBy(() -> Session.read(trained, bytes)).hasMessage(refusal);
    assertThatThrownBy(() -> Session.read(relu, tanh)).hasMessage(refusal);
    assertThatThrownBy(() -> Session.read(SessionContractTest.model("lstm", 1), bytes))
        .hasMessage(refusal);
  }
}
