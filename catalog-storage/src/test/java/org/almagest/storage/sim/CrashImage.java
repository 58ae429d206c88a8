package org.almagest.storage.sim;

/**
 * What one power cut left on the disk.
 *
 * @param label which of the possible outcomes this is, for the message of a failing test
 * @param disk a disk of its own, everything on it durable, nothing open and nothing locked
 */
public record CrashImage(String label, SimDisk disk) {}
