/** What commands print: results, messages, tables, progress. */
@NullMarked
package org.almagest.server.cli.output;

import org.jspecify.annotations.NullMarked;
