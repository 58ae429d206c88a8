package org.almagest.storage.fs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells this process from others, for people. Asks Linux itself, which is a hundred times faster than the JDK. */
public final class ThisProcess {
    private static final Path LINUX_SELF = Path.of("/proc/self");
    private static final Path LINUX_HOST = Path.of("/proc/sys/kernel/hostname");

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
            return Files.readString(LINUX_HOST).strip();
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
