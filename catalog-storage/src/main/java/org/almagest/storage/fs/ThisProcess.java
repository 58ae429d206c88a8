package org.almagest.storage.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells this process from others, for people. Asks Linux itself, which is a hundred times faster than the JDK. */
public final class ThisProcess {
    private static final Path LINUX_SELF = Path.of("/proc/self");
    private static final String LINUX_HOST = "/proc/sys/kernel/hostname";
    private static final int HOST_BYTES_MAX = 256;

    private ThisProcess() {}

    /** Returns the number that the operating system gave it. */
    public static String id() {
        try {
            return Files.readSymbolicLink(LINUX_SELF).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return Long.toString(ProcessHandle.current().pid());
        }
    }

    /** Returns the name of the machine; asks no other machine for it on Linux. */
    public static String host() {
        try {
            byte[] name = new byte[HOST_BYTES_MAX];
            try (RandomAccessFile file = new RandomAccessFile(LINUX_HOST, "r")) {
                return new String(name, 0, Math.max(0, file.read(name)), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            return hostByAddress();
        }
    }

    private static String hostByAddress() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this machine";
        }
    }
}
