/** Write-behind: changes are acknowledged when they are queued, and reach the writer later, in batches. */
@NullMarked
package dev.larder.patterns.behind;

import org.jspecify.annotations.NullMarked;
