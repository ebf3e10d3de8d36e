@NullMarked
package dev.larder.servlet;

import org.jspecify.annotations.NullMarked;
