package org.almagest.bench.report;

/**
 * What figures were measured on and with.
 *
 * @param processor model of the processor
 * @param cores how many processors the machine offers
 * @param memoryBytes how much memory it has
 * @param jdk version of the Java runtime
 * @param commit the commit of the engine, with {@code +} where there were changes on top
 * @param command the options of the run
 * @param date the day, ISO 8601
 * @param rows rows of the data set
 * @param heap limit on the heap of each engine's process
 */
public record Circumstances(
        String processor,
        int cores,
        long memoryBytes,
        String jdk,
        String commit,
        String command,
        String date,
        long rows,
        String heap) {}
