package org.almagest.server.cli.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.SourceBytes;

/** Reads a whole small file that a user named. */
public final class TextFile {
    private TextFile() {}

    /**
     * Returns the text of a UTF-8 file.
     *
     * @throws InvalidRequestException if it is absent, unreadable, not UTF-8 or larger than {@code bytesMax}
     */
    public static String read(Path path, long bytesMax) {
        String file = path.toString();
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidRequestException(file, "is a folder (expected a file)");
            }
            if (Files.size(path) > bytesMax) {
                throw new InvalidRequestException(file, Files.size(path) + " bytes (at most " + bytesMax + ")");
            }
            byte[] bytes = Files.readAllBytes(path);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(file, "not UTF-8", e);
        } catch (IOException e) {
            throw SourceBytes.unreadable(file, e);
        }
    }
}
