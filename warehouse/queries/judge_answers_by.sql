-- What one model said under one prompt: an answer is asked for once. Values: model, prompt.
select * from judge_answers where model = $model and prompt = $prompt
