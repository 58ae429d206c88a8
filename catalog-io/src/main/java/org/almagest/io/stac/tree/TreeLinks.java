package org.almagest.io.stac.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** Finds the files that links lead to: below the folder that the walk began in, never by the network. */
final class TreeLinks {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private final Path root;

    /** Follows links that stay within a folder, symbolic links resolved. */
    TreeLinks(Path folder) throws IOException {
        this.root = folder.toRealPath();
    }

    /** Tells whether a file is below the folder, symbolic links resolved. */
    boolean contains(Path file) throws IOException {
        return file.toRealPath().startsWith(root);
    }

    /**
     * Returns the file that a link leads to.
     *
     * @param from the file that the link stands in
     * @throws InvalidRequestException if it leads to another machine, out of the folder, or nowhere
     */
    Path file(Path from, String href) {
        String subject = "link " + Quoted.text(href);
        if (SCHEME.matcher(href).matches() || href.startsWith("//")) {
            throw new InvalidRequestException(subject, "absolute, not followed (expected a path below the folder)");
        }
        String path = decoded(subject, href.split("[?#]", 2)[0]);
        try {
            Path parent = from.toAbsolutePath().getParent();
            Path file = (parent == null ? root : parent).resolve(path);
            if (!Files.isRegularFile(file)) {
                throw new InvalidRequestException(subject, "no such file");
            }
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                throw new InvalidRequestException(subject, "leads out of " + root);
            }
            return real;
        } catch (IOException | InvalidPathException e) {
            throw new InvalidRequestException(subject, "no file: " + e.getMessage(), e);
        }
    }

    private static String decoded(String subject, String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
                continue;
            }
            int high = i + 1 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new InvalidRequestException(subject, "a % without two digits");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
