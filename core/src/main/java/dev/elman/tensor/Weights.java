package dev.elman.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a model in a fixed order, each with a name of its own. */
public final class Weights implements Iterable<Weight> {
  private final Map<String, Weight> byName = new LinkedHashMap<>();
  private volatile Digest digest = new Digest(-1, new byte[0]);

  private record Digest(long versions, byte[] sha256) {}

  /**
   * Collects weights in the order given.
   *
   * @throws IllegalArgumentException when two have one name
   */
  public Weights(List<Weight> weights) {
    for (Weight weight : weights) {
      if (byName.put(weight.name(), weight) != null) {
        throw new IllegalArgumentException(
            "Two weights are named "
                + weight.name()
                + ". Give the layers of a model different prefixes.");
      }
    }
  }

  @Override
  public Iterator<Weight> iterator() {
    return list().iterator();
  }

  public List<Weight> list() {
    return new ArrayList<>(byName.values());
  }

  /**
   * The weight of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Weight get(String name) {
    Weight weight = byName.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(
          "No weight is named " + name + "; there are " + byName.keySet() + ".");
    }
    return weight;
  }

  /** How many numbers training can change. */
  public long parameters() {
    long sum = 0;
    for (Weight weight : byName.values()) {
      sum += weight.isTrained() ? weight.size() : 0;
    }
    return sum;
  }

  /** Copies of all values, in order. */
  public List<float[]> copy() {
    List<float[]> copy = new ArrayList<>();
    for (Weight weight : byName.values()) {
      copy.add(weight.values().clone());
    }
    return copy;
  }

  /**
   * Lets {@code change} write to the numbers of all, on any threads, then counts a new version of
   * each.
   *
   * @throws IllegalStateException when numbers were rounded to int8; nothing is changed then
   */
  public void update(Runnable change) {
    byName.values().forEach(Weight::requireExact);
    try {
      change.run();
    } finally { // what was packed of them is old, also after half of a change
      byName.values().forEach(Weight::changed);
    }
  }

  /** Puts back what {@link #copy} gave. */
  public void set(List<float[]> values) {
    if (values.size() != byName.size()) {
      throw new IllegalArgumentException(
          "Expected the values of " + byName.size() + " weights, got " + values.size() + ".");
    }
    int i = 0;
    for (Weight weight : byName.values()) {
      weight.set(values.get(i++));
    }
  }

  /**
   * The SHA-256 of all: of each weight in order its name, the byte 0, its sizes and its numbers,
   * little-endian. Computed again only after a change; for any thread.
   */
  public byte[] sha256() {
    long versions = 0;
    for (Weight weight : byName.values()) {
      versions += weight.version(); // rises with any change
    }
    Digest known = digest;
    if (known.versions != versions) {
      known = new Digest(versions, computeSha256());
      digest = known;
    }
    return known.sha256.clone();
  }

  private byte[] computeSha256() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      ByteBuffer some = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
      for (Weight weight : byName.values()) {
        sha256.update(weight.name().getBytes(StandardCharsets.UTF_8));
        some.put((byte) 0);
        for (int size : weight.shape()) {
          some.putInt(size);
        }
        for (float number : weight.values()) {
          if (some.remaining() < Float.BYTES) {
            sha256.update(some.flip());
            some.clear();
          }
          some.putFloat(number);
        }
        sha256.update(some.flip());
        some.clear();
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
