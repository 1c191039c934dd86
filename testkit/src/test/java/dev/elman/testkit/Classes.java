package dev.elman.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes that a contract is for, found where its interface was loaded from. */
final class Classes {
  private Classes() {}

  /** All public, concrete implementations in the interface's own module. */
  static List<Class<?>> implementing(Class<?> contract) {
    try {
      Path place = Path.of(contract.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return below(place, contract);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return below(jar.getPath("/"), contract);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> below(Path root, Class<?> contract) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.startsWith("dev") && file.endsWith(".class"))
          .filter(file -> !file.contains("package-info"))
          .map(file -> file.replace(".class", "").replaceAll("[/\\\\]", "."))
          .<Class<?>>map(name -> load(name, contract))
          .filter(contract::isAssignableFrom)
          .filter(type -> !type.isInterface() && Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name, Class<?> contract) {
    try {
      return Class.forName(name, false, contract.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
