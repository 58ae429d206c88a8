package org.almagest.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** The streams of the process; unlike those of {@code System} they tell when writing fails. */
final class StandardStreams {
    private StandardStreams() {}

    static OutputStream output() {
        return new FileOutputStream(FileDescriptor.out);
    }

    static OutputStream error() {
        return new FileOutputStream(FileDescriptor.err);
    }
}
