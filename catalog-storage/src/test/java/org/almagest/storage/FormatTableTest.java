package org.almagest.storage;

import org.almagest.testing.FormatTableContract;

class FormatTableTest extends FormatTableContract {}
