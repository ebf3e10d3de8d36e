package dev.larder.examples.annotations;

/** What the examples call: forecasts for cities. */
public interface Forecasts {

    /** Returns the forecast for a city. */
    String of(String city);

    /** Takes a new measurement, after which the forecast is another. */
    void measure(String city, int degrees);
}
