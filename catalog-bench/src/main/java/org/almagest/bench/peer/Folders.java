package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sizes and removal of folders. */
public final class Folders {
    private Folders() {}

    /** Returns how many bytes the files under a folder hold. */
    public static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : tree(folder)) {
            if (Files.isRegularFile(file)) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Deletes a folder with everything in it, if it exists. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> tree = tree(folder);
            tree.sort(Comparator.reverseOrder());
            for (Path path : tree) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
