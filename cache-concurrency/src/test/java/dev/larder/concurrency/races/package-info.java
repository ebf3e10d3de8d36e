/** jcstress: single races, some ten million times each; what must never come out is forbidden. */
@NullMarked
package dev.larder.concurrency.races;

import org.jspecify.annotations.NullMarked;
