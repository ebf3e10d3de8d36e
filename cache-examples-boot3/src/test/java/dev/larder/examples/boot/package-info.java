@NullMarked
package dev.larder.examples.boot;

import org.jspecify.annotations.NullMarked;
