console.log("gorel");
