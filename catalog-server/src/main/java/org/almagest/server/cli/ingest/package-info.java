/** The command that stores the rows of files. */
@NullMarked
package org.almagest.server.cli.ingest;

import org.jspecify.annotations.NullMarked;
