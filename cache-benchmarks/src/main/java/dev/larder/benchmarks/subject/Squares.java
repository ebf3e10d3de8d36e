package dev.larder.benchmarks.subject;

/** What is cached by annotation: a method of an interface. */
public interface Squares {

    Object square(Integer number);
}
