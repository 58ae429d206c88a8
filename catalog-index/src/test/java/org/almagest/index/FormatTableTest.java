package org.almagest.index;

import org.almagest.testing.FormatTableContract;

class FormatTableTest extends FormatTableContract {}
